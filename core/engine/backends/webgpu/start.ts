import * as tf from '@tensorflow/tfjs-core';
import { ProblemError } from '../../../errors.ts';
import { type DawnPackage, loadDawn } from './dawn.ts';
import { type Guard, guard } from './guard.ts';
import { registerWebgpuKernels } from './kernels/index.ts';

/** What TensorFlow.js' kernels are written for, as far as the device has it. */
const LIMITS = [
  'maxComputeWorkgroupStorageSize',
  'maxComputeWorkgroupsPerDimension',
  'maxStorageBufferBindingSize',
  'maxBufferSize',
  'maxComputeWorkgroupSizeX',
  'maxComputeInvocationsPerWorkgroup',
] as const;

/** Kernels are replaced once, however often opening the device is tried. */
let prepared = false;

/**
 * Opens the device and registers the backend `webgpu` on it. The package's own registration would keep the device to itself; its
 * loss and its errors have to be watched.
 * @throws ProblemError `backend-unavailable` when the device cannot be opened
 */
export async function startWebgpu(dawn: DawnPackage): Promise<Guard> {
  // Before there is a navigator.gpu, so that it registers its kernels but no backend.
  const { WebGPUBackend } = await import('@tensorflow/tfjs-backend-webgpu');
  if (!prepared) registerWebgpuKernels();
  prepared = true;
  const gpu = await loadDawn(dawn);
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) throw cannotOpen('no graphics device answered.');
  const requiredLimits = Object.fromEntries(LIMITS.map((name) => [name, adapter.limits[name]]));
  const device = await adapter.requestDevice({ requiredLimits }).catch((error: unknown) => {
    throw cannotOpen(error instanceof Error ? error.message : String(error));
  });
  const backend = new WebGPUBackend(device, adapter.info);
  const guarded = guard(backend, device);
  tf.registerBackend('webgpu', () => backend);
  return guarded;
}

function cannotOpen(why: string): ProblemError {
  return new ProblemError({
    code: 'backend-unavailable',
    title: 'Backend',
    message: `The graphics device cannot be used: ${why} Choose another backend, or update the driver.`,
  });
}
