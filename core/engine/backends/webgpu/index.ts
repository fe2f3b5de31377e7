import { createRequire } from 'node:module';
import { ProblemError } from '../../../errors.ts';
import type { Backend } from '../backend.ts';
import { engineModuleUrl } from '../engineModuleUrl.ts';

function isInstalled(): boolean {
  try {
    createRequire(engineModuleUrl()).resolve('webgpu');
    return true;
  } catch {
    return false;
  }
}

/** TensorFlow.js WebGPU kernels on Dawn: any vendor's GPU without CUDA. */
export const webgpuBackend: Backend = {
  name: 'webgpu',
  async detect() {
    const installed = isInstalled();
    return {
      available: false,
      device: 'WebGPU',
      version: '',
      reason: installed
        ? 'The npm package webgpu is here, but this version of Layerloom cannot drive it yet.'
        : 'Not installed: the npm package webgpu is not beside the engine.',
      howToGet: installed ? '' : 'This version of Layerloom cannot install WebGPU yet. Use wasm, which needs nothing.',
    };
  },
  async activate() {
    throw new ProblemError({
      code: 'backend-unavailable',
      title: 'Backend',
      message: `WebGPU cannot be used: ${(await webgpuBackend.detect({ home: '' })).reason}`,
    });
  },
};
