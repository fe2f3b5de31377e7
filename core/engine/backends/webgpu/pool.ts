import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';

/** The part of the stock pool that its types keep to itself. */
interface Pool {
  readonly freeBuffers: ReadonlyMap<string, GPUBuffer[]>;
  numFreeBuffers: number;
  numBytesAllocated: number;
}

/**
 * Gives the device back the memory of tensors that are gone. The stock backend keeps every freed buffer for the next tensor of its very
 * size, so that the networks of earlier trainings would fill the card for good. Nothing may be under way.
 */
export function emptyPool({ bufferManager }: WebGPUBackend): void {
  const pool = bufferManager as unknown as Pool;
  // The lists themselves stay: the pool takes a buffer back only where it knows the size.
  for (const buffers of pool.freeBuffers.values())
    for (const buffer of buffers.splice(0)) {
      pool.numFreeBuffers--;
      pool.numBytesAllocated -= buffer.size;
      buffer.destroy();
    }
}
