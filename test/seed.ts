import fc from 'fast-check';

/** Drawn cases are the same at every run; LAYERLOOM_SEED draws others. */
fc.configureGlobal({ seed: Number(process.env.LAYERLOOM_SEED ?? 1) });
