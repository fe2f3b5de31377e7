import type * as tf from '@tensorflow/tfjs-core';
import { yieldToEventLoop } from '../yieldToEventLoop.ts';
import type { DeviceData } from './deviceData.ts';

/** Samples a forward pass takes at once when nothing is kept for gradients. */
export function inferenceBatch(trainingBatch: number): number {
  return Math.max(32, Math.min(512, 2 * trainingBatch));
}

/**
 * Means over samples of the measured values (in the order of the measures), computed in chunks between which the event loop runs. `measure`
 * gives those of one chunk. Empty when there are no samples.
 */
export async function validate(
  measure: (indices: Int32Array) => tf.Tensor,
  data: DeviceData,
  indices: Int32Array,
  batchSize: number,
): Promise<number[]> {
  const sums: number[] = [];
  data.follow(indices, batchSize);
  for (let from = 0; from < indices.length; from += batchSize) {
    const chunk = indices.slice(from, from + batchSize);
    await data.advance();
    const row = measure(chunk);
    const values = await row.data();
    row.dispose();
    values.forEach((value, i) => {
      sums[i] = (sums[i] ?? 0) + value * chunk.length;
    });
    await yieldToEventLoop();
  }
  return sums.map((sum) => sum / indices.length);
}
