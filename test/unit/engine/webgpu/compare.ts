import * as tf from '@tensorflow/tfjs-core';
import { activateBackend } from '../../../../core/engine/backends/registry.ts';

export type Values = readonly (Float32Array | null)[];

/** One thing computed on webgpu and on the cpu reference: the largest difference relative to the values' size, or what went wrong. */
export interface Comparison {
  readonly name: string;
  readonly difference?: number;
  readonly error?: string;
}

/** What `compute` makes on a backend. */
export async function valuesOn(
  backend: 'cpu' | 'webgpu',
  compute: () => readonly (tf.Tensor | null)[],
): Promise<Values> {
  await activateBackend(backend, { home: '/nonexistent' });
  // The backend computes small tensors in JavaScript, which would leave its kernels untested.
  if (backend === 'webgpu') tf.env().set('WEBGPU_CPU_FORWARD', false);
  tf.engine().startScope();
  try {
    return await Promise.all(compute().map(async (t) => (t ? ((await t.data()) as Float32Array) : null)));
  } finally {
    tf.engine().endScope();
  }
}

export async function compare(name: string, compute: () => readonly (tf.Tensor | null)[]): Promise<Comparison> {
  try {
    return { name, difference: difference(await valuesOn('cpu', compute), await valuesOn('webgpu', compute)) };
  } catch (error) {
    return { name, error: error instanceof Error ? error.message : String(error) };
  }
}

function difference(reference: Values, ours: Values): number {
  return reference.reduce((most, expected, i) => {
    const actual = ours[i] ?? null;
    if (!expected && !actual) return most;
    if (expected?.length !== actual?.length || !expected || !actual) return Number.POSITIVE_INFINITY;
    const scale = expected.reduce((max, value) => Math.max(max, Math.abs(value)), 1);
    const worst = expected.reduce((max, value, j) => {
      const distance = Math.abs(value - (actual[j] ?? Number.NaN));
      return Number.isNaN(distance) ? Number.POSITIVE_INFINITY : Math.max(max, distance);
    }, 0);
    return Math.max(most, worst / scale);
  }, 0);
}
