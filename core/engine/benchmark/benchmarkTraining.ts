import type { Benchmark } from '../deviceFacts.ts';
import { Trainer, type TrainerControl } from '../train/trainer.ts';
import { STANDARD_NET, standardData, standardNet } from './standardNet.ts';

/** Seconds of training that are timed. */
const SECONDS = 3;
/** A stretch is timed as a whole, in seconds: long enough that reading its losses back at its end costs little. */
const STRETCH = 0.15;
const BATCH = 64;
/** All whole batches that the training part of the digits gives. */
const MOST_STEPS = 22;
/** Where a single sample takes this long (seconds), as in plain JavaScript, single ones have to do: a batch would take a minute. */
const SLOW = 0.4;
/** Before timing, in seconds: kernels are compiled, and memory is fetched. */
const WARM_UP = 0.5;
/** No more than this, in seconds, however few steps it gave. */
const PATIENCE = 10;

export type Timing = Omit<Benchmark, 'device' | 'version' | 'measuredAt'>;

/**
 * Trains the standard network on the current backend with the loop that every run uses, and times it.
 * @param seconds how long to measure; warming up comes on top
 * @throws ProblemError when the device is lost, or cannot do it
 */
export async function benchmarkTraining(seconds = SECONDS): Promise<Timing> {
  const data = await standardData();
  const time = (batch: number, steps: number, enough: Enough) =>
    timeStretches(new Trainer(standardNet(batch), data(batch * steps)), enough);

  // The quicker of two: the first step compiles, and either may have met with something else that the machine had to do.
  const probe = await time(1, 1, (taken) => Math.min(...taken) < SLOW || taken.length === 2);
  const batchSize = Math.min(...probe) < SLOW ? BATCH : 1;
  const warmUp = batchSize === 1 ? probe : await time(batchSize, 1, (taken) => sum(taken) >= WARM_UP);
  const pace = warmUp.at(-1) ?? STRETCH;
  const steps = Math.min(MOST_STEPS, Math.max(1, Math.round(STRETCH / pace)));
  const stretches = await time(batchSize, steps, (taken) => {
    const total = sum(taken);
    return total >= PATIENCE || (taken.length >= 3 && total >= seconds);
  });
  const msPerStep = (median(stretches) / steps) * 1000;
  return {
    net: STANDARD_NET,
    batchSize,
    steps: stretches.length * steps,
    seconds: sum(stretches),
    msPerStep,
    samplesPerSecond: (batchSize * 1000) / msPerStep,
  };
}

type Enough = (stretches: readonly number[]) => boolean;

/** Trains epoch after epoch until they are enough. Answers with the seconds that each took. */
async function timeStretches(trainer: Trainer, enough: Enough): Promise<readonly number[]> {
  const stretches: number[] = [];
  const control: TrainerControl = { wish: 'run', resumed: async () => undefined };
  let last = performance.now();
  try {
    await trainer.run(control, {
      points: () => undefined,
      save: async (when) => {
        if (when !== 'epoch') return;
        const now = performance.now();
        stretches.push((now - last) / 1000);
        last = now;
        if (enough(stretches)) control.wish = 'stop';
      },
    });
  } finally {
    trainer.dispose();
  }
  return stretches;
}

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2;
}
