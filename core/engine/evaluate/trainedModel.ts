import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { RUN_FILES } from '../../runs/node.ts';
import { readRunWeights } from '../checkpoint/checkpoint.ts';
import { readRunDocument } from '../checkpoint/runDocument.ts';
import { type BuiltModel, buildModel } from '../model/buildModel.ts';
import { setWeights } from '../model/weights.ts';
import { type TargetScales, unfoldScales } from '../train/targetScale.ts';

export type WeightChoice = 'best' | 'last';

let held: { key: string; model: BuiltModel } | null = null;

/**
 * The model of a run with its best or last weights. The last one asked for is kept for the next request; it belongs to this module, and
 * the next call with another run, or newer weights, releases it.
 * @param asTrained the scales of heads that are to put out what they did in training; otherwise they speak in the targets' own units
 * @throws ProblemError when the run has no such weights or its design cannot be built
 */
export async function trainedModel(
  runDir: string,
  weights: WeightChoice,
  asTrained: TargetScales = {},
): Promise<BuiltModel> {
  const stored = await readRunWeights(runDir, weights);
  const file = join(runDir, weights === 'best' ? RUN_FILES.bestWeights : RUN_FILES.lastWeights);
  const { mtimeMs } = await stat(file);
  const key = [runDir, weights, mtimeMs, tf.getBackend(), JSON.stringify(asTrained)].join('\n');
  if (held?.key === key) return held.model;
  const document = await readRunDocument(runDir);
  const model = buildModel(document, { seed: document.training.seed, mode: 'train' });
  try {
    setWeights(model, unfoldScales(stored, asTrained));
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
