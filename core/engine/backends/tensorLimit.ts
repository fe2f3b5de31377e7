import * as tf from '@tensorflow/tfjs-core';
import type { BackendName } from '../protocol.ts';

const limits = new Map<string, number>();

/** Told by a backend whose device takes only so many bytes in one tensor. */
export function setTensorLimit(backend: BackendName, bytes: number): void {
  limits.set(backend, bytes);
}

/** Bytes that one tensor may have on the current backend. */
export function tensorLimit(): number {
  return limits.get(tf.getBackend()) ?? Number.POSITIVE_INFINITY;
}
