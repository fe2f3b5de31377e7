import { createRequire } from 'node:module';
import { dirname, sep } from 'node:path';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import type { Backend } from '../backend.ts';
import { engineModuleUrl } from '../engineModuleUrl.ts';
import { registerWasmKernels } from './kernels/index.ts';
import { guardMemory } from './memory.ts';

/** A tiny module with one SIMD instruction: valid only where SIMD is supported (the check of GoogleChromeLabs/wasm-feature-detect). */
const SIMD_PROGRAM = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 10, 9, 1, 7, 0, 65, 0, 253, 15, 26, 11,
]);

let started: Promise<void> | null = null;

async function start(): Promise<void> {
  const wasm = await import('@tensorflow/tfjs-backend-wasm');
  const entry = createRequire(engineModuleUrl()).resolve('@tensorflow/tfjs-backend-wasm');
  wasm.setWasmPaths(dirname(entry) + sep);
  registerWasmKernels();
}

/** WebAssembly with XNNPACK, plus the training kernels it lacks (`kernels/`). The embedded default: nothing to install. */
export const wasmBackend: Backend = {
  name: 'wasm',
  async detect() {
    const available = typeof WebAssembly === 'object';
    return {
      available,
      device: available && WebAssembly.validate(SIMD_PROGRAM) ? 'WebAssembly, SIMD' : 'WebAssembly',
      version: tf.version_core,
      reason: available ? 'Runs everywhere, on one processor core.' : 'WebAssembly is switched off in this process.',
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
