import * as tf from '@tensorflow/tfjs-core';
import type { WeightMap } from '../../../formats/index.ts';
import type { BuiltModel } from '../../model/buildModel.ts';
import type { EpochEnd, TrainingHook } from './hook.ts';

/** The best epoch so far: by validation loss, or by training loss where nothing is validated. */
export interface BestMark {
  epoch: number;
  metric: string;
  value: number;
}

/** Keeps the weights of the best epoch on the device until somebody takes them. */
export class BestWeights implements TrainingHook {
  mark: BestMark | null = null;
  private weights: tf.Tensor[] | null = null;
  private readonly model: BuiltModel;
  private readonly sync: () => void;

  /** @param sync makes the model's weights the newest */
  constructor(model: BuiltModel, sync: () => void) {
    this.model = model;
    this.sync = sync;
  }

  epochEnded({ epoch, values }: EpochEnd): void {
    const metric = 'valLoss' in values ? 'valLoss' : 'loss';
    const value = values[metric] ?? Number.NaN;
    if (!Number.isFinite(value) || (this.mark && value >= this.mark.value)) return;
    this.mark = { epoch, metric, value };
    this.dispose();
    this.sync();
    // Clones share the weights' memory until the next update replaces it: a snapshot without a copy.
    this.weights = this.model.weights.map(({ variable }) => tf.clone(variable.read()));
  }

  /** Weights of the best epoch since the last call; null when no epoch was better. */
  async take(): Promise<WeightMap | null> {
    const best = this.weights;
    if (!best) return null;
    this.weights = null;
    const entries = await Promise.all(
      this.model.weights.map(async ({ key, spec }, i) => {
        const data = (await best[i]?.data()) as Float32Array;
        best[i]?.dispose();
        return [key, { shape: spec.shape, data }] as const;
      }),
    );
    return new Map(entries);
  }

  dispose(): void {
    for (const tensor of this.weights ?? []) tensor.dispose();
    this.weights = null;
  }
}
