import { dirname, join } from 'node:path';
import { z } from 'zod';
import { ProblemError } from '../../errors.ts';
import { fileModeIn, writeWhole } from '../../files/node.ts';
import { type SafetensorsFile, safetensorsParts, type WeightMap } from '../../formats/index.ts';
import { readSafetensorsFile } from '../../formats/node.ts';
import { RUN_FILES } from '../../runs/node.ts';
import type { TrainerSnapshot, TrainerState } from '../train/trainer.ts';
import { inPresentLayout, LAYOUT } from './layout.ts';
import { readRunDocument } from './runDocument.ts';

/** A number that is not finite is null in JSON. */
const measured = z
  .number()
  .nullable()
  .transform((value) => value ?? Number.NaN);
const sums = z.object({ samples: z.number(), values: z.array(measured) });

const stateSchema = z.object({
  epoch: z.number().int().nonnegative(),
  batch: z.number().int().nonnegative(),
  step: z.number().int().nonnegative(),
  elapsed: z.number().nonnegative(),
  epochSums: sums,
  pointSums: sums,
  best: z.object({ epoch: z.number(), metric: z.string(), value: z.number() }).nullable(),
  schedule: z.record(z.string(), z.number()).optional(),
}) satisfies z.ZodType<TrainerState>;

const metadataSchema = z.object({ state: z.string(), optimizerStep: z.coerce.number().int().nonnegative() });

const WEIGHT = 'weight/';
const SLOT = 'slot/';

/**
 * Writes everything a training needs to go on, as one safetensors file replaced in one rename: the weights, the optimiser's slots, and
 * in its metadata where the training stood. Being one file, it can never hold the weights of one moment and the place of another.
 */
export async function writeCheckpoint(runDir: string, snapshot: TrainerSnapshot): Promise<void> {
  const tensors = new Map([
    ...[...snapshot.weights].map(([key, tensor]) => [WEIGHT + key, tensor] as const),
    ...[...snapshot.slots].map(([key, tensor]) => [SLOT + key, tensor] as const),
  ]);
  const metadata = { ...LAYOUT, state: JSON.stringify(snapshot.state), optimizerStep: String(snapshot.optimizerStep) };
  await writeWhole(join(runDir, RUN_FILES.checkpoint), safetensorsParts(tensors, metadata), {
    mode: fileModeIn(runDir),
  });
}

/**
 * The last checkpoint of a run, or null when none was written yet.
 * @throws ProblemError `checkpoint-broken` when it cannot be read
 */
export async function readCheckpoint(runDir: string): Promise<TrainerSnapshot | null> {
  try {
    const file = await readIfThere(join(runDir, RUN_FILES.checkpoint));
    if (!file) return null;
    const metadata = metadataSchema.parse(file.metadata);
    const tensors = await inPresentLayout(file, () => readRunDocument(runDir));
    return {
      state: stateSchema.parse(JSON.parse(metadata.state)),
      weights: withPrefix(tensors, WEIGHT),
      slots: withPrefix(tensors, SLOT),
      optimizerStep: metadata.optimizerStep,
    };
  } catch (error) {
    throw new ProblemError({
      code: 'checkpoint-broken',
      title: 'Damaged checkpoint',
      message: `The checkpoint of this run cannot be read, so it cannot be continued: ${error instanceof Error ? error.message : String(error)} Its best and last weights may still be whole; start a new run to train on.`,
    });
  }
}

/** Writes weights alone, atomically. `metadata` says where they come from. */
export async function writeWeights(
  path: string,
  weights: WeightMap,
  metadata: { readonly [key: string]: string },
): Promise<void> {
  await writeWhole(path, safetensorsParts(weights, { ...LAYOUT, ...metadata }), { mode: fileModeIn(dirname(path)) });
}

/**
 * Best or last weights of a run.
 * @throws ProblemError `no-weights` when the run has none yet
 */
export async function readRunWeights(runDir: string, which: 'best' | 'last'): Promise<WeightMap> {
  const name = which === 'best' ? RUN_FILES.bestWeights : RUN_FILES.lastWeights;
  const file = await readIfThere(join(runDir, name));
  if (!file)
    throw new ProblemError({
      code: 'no-weights',
      title: 'No weights yet',
      message: `This run has no ${which} weights yet: it has not completed an epoch. Let it train a little longer.`,
      facts: { file: name },
    });
  return inPresentLayout(file, () => readRunDocument(runDir));
}

function withPrefix(tensors: WeightMap, prefix: string): WeightMap {
  return new Map(
    [...tensors].filter(([key]) => key.startsWith(prefix)).map(([key, tensor]) => [key.slice(prefix.length), tensor]),
  );
}

async function readIfThere(path: string): Promise<SafetensorsFile | null> {
  try {
    return await readSafetensorsFile(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
