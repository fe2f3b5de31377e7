import * as tf from '@tensorflow/tfjs-core';
import { NOTHING_FUSED } from '../../train/step/fusedParts.ts';
import type { Backend } from '../backend.ts';
import { registerCpuKernels } from './kernels.ts';

let started: Promise<unknown> | null = null;

/** Plain JavaScript: the reference the other backends are checked against, 20 times slower than wasm. Never chosen silently. */
export const cpuBackend: Backend = {
  name: 'cpu',
  fuses: NOTHING_FUSED,
  async detect() {
    return {
      available: true,
      device: 'Plain JavaScript',
      version: tf.version_core,
      reason: 'The slow reference implementation. For checking results, not for training.',
      howToGet: '',
    };
  },
  async activate() {
    started ??= import('@tensorflow/tfjs-backend-cpu').then(registerCpuKernels);
    await started;
    await tf.setBackend('cpu');
    await tf.ready();
    return {};
  },
};
