import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import type { Backend } from '../backend.ts';
import { adamStep } from './kernels/adamStep.ts';
import { registerWasmKernels } from './kernels/index.ts';
import { guardMemory } from './memory.ts';
import { startSimd } from './simd.ts';
import { registerOnOwnMemory } from './start.ts';

/** A tiny module with one SIMD instruction: valid only where SIMD is supported (the check of GoogleChromeLabs/wasm-feature-detect). */
const SIMD_PROGRAM = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 10, 9, 1, 7, 0, 65, 0, 253, 15, 26, 11,
]);

let started: Promise<void> | null = null;

async function start(): Promise<void> {
  const memory = await registerOnOwnMemory();
  registerWasmKernels(startSimd(memory));
}

/** WebAssembly: TensorFlow.js' kernels, and ours for training (`kernels/`, `simd/`). The embedded default: nothing to install. */
export const wasmBackend: Backend = {
  name: 'wasm',
  fuses: { steps: null, updates: { adam: adamStep, adamw: adamStep } },
  async detect() {
    const available = typeof WebAssembly === 'object' && WebAssembly.validate(SIMD_PROGRAM);
    return {
      available,
      device: 'WebAssembly, SIMD',
      version: tf.version_core,
      reason: available
        ? 'Runs everywhere, on the processor.'
        : 'WebAssembly with SIMD is switched off in this process, or the processor lacks it.',
      howToGet: '',
    };
  },
  async activate() {
    started ??= start();
    await started;
    await tf.setBackend('wasm');
    await tf.ready();
    guardMemory(tf.backend() as BackendWasm);
    return {};
  },
};
