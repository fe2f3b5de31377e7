import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { RUN_FILES } from '../../runs/node.ts';
import { type BuiltModel, buildModel } from '../build/buildModel.ts';
import { setWeights } from '../build/weights.ts';
import { readRunWeights } from '../checkpoint/checkpoint.ts';
import { readRunDocument } from '../checkpoint/runDocument.ts';

export type WeightChoice = 'best' | 'last';

let held: { key: string; model: BuiltModel } | null = null;

/**
 * The model of a run with its best or last weights. The last one asked for is kept for the next request; it belongs to this module, and
 * the next call with another run, or newer weights, releases it.
 * @throws ProblemError when the run has no such weights or its design cannot be built
 */
export async function trainedModel(runDir: string, weights: WeightChoice): Promise<BuiltModel> {
  const stored = await readRunWeights(runDir, weights);
  const file = join(runDir, weights === 'best' ? RUN_FILES.bestWeights : RUN_FILES.lastWeights);
  const { mtimeMs } = await stat(file);
  const key = [runDir, weights, mtimeMs, tf.getBackend()].join('\n');
  if (held?.key === key) return held.model;
  const document = await readRunDocument(runDir);
  const model = buildModel(document, { seed: document.training.seed, mode: 'train' });
  try {
    setWeights(model, stored);
  } catch (error) {
    model.dispose();
    throw error;
  }
  releaseTrainedModel();
  held = { key, model };
  return model;
}

/** Lets the kept model go. */
export function releaseTrainedModel(): void {
  held?.model.dispose();
  held = null;
}
