import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { ProblemError } from '../../../errors.ts';
import { deviceLoss, reportDeviceLoss } from '../deviceLoss.ts';
import { setTensorLimit } from '../tensorLimit.ts';
import { largestTensor, mib } from './describeWebgpu.ts';
import { emptyPool } from './pool.ts';

/** Failing reads may be told before the loss that makes them fail. */
const LOSS_DELAY_MS = 200;

export interface Guard {
  /** Waits for what is under way, forgets its faults and frees its memory: what follows must not suffer from what was before. */
  startAfresh(): Promise<void>;
}

/**
 * Makes failures of the device errors of whoever computes. WebGPU reports them beside the calls that cause them, and the stock
 * backend does not listen: results would silently be zeros.
 */
export function guard(backend: WebGPUBackend, device: GPUDevice): Guard {
  let fault: ProblemError | null = null;
  device.addEventListener('uncapturederror', (event) => {
    event.preventDefault();
    fault ??= faultOf(event.error);
  });
  const lost = device.lost.then(({ message }) => reportDeviceLoss('webgpu', firstLine(message)));

  const { bufferManager } = backend;
  const acquire = bufferManager.acquireBuffer.bind(bufferManager);
  const limit = largestTensor(device.limits);
  setTensorLimit('webgpu', limit);
  bufferManager.acquireBuffer = (size, ...rest) => {
    if (size > limit) throw tooLarge(size, limit);
    return acquire(size, ...rest);
  };

  const check = (): void => {
    const error = deviceLoss() ?? fault;
    fault = null;
    if (error) throw error;
  };
  const read = backend.read.bind(backend);
  backend.read = async (dataId) => {
    check();
    try {
      const values = await read(dataId);
      check();
      return values;
    } catch (error) {
      if (error instanceof ProblemError) throw error;
      await Promise.race([lost, new Promise((resolve) => setTimeout(resolve, LOSS_DELAY_MS))]);
      check();
      throw error;
    }
  };
  return {
    startAfresh: async () => {
      if (deviceLoss()) return;
      const settled = () => Promise.race([device.queue.onSubmittedWorkDone().catch(() => undefined), lost]);
      // What was left in the queue would spoil the commands that come after it, and holds on to its tensors until it is submitted.
      if (hasCommands(backend)) {
        backend.endComputePassEncoder();
        backend.submitQueue();
      }
      await settled();
      emptyPool(backend);
      // Memory of destroyed buffers goes back with the submission after the last that could use them, be it of nothing.
      device.queue.submit([]);
      await settled();
      fault = null;
    },
  };
}

/** Whether operations wait in the backend's queue; submitting an empty one fails. */
function hasCommands(backend: WebGPUBackend): boolean {
  return (backend as unknown as { commandEncoder: GPUCommandEncoder | null }).commandEncoder !== null;
}

function faultOf(error: GPUError): ProblemError {
  if (error instanceof GPUOutOfMemoryError)
    return new ProblemError({
      code: 'out-of-memory',
      title: 'Out of memory',
      message:
        'The network does not fit into the memory of the graphics device. Use a smaller batch size, smaller layers, or another backend.',
    });
  return new ProblemError({
    code: 'gpu-refused',
    title: 'Graphics device',
    message: `The graphics device refused an operation: ${firstLine(error.message)} Train with another backend, and report this if you can.`,
  });
}

function tooLarge(bytes: number, limit: number): ProblemError {
  return new ProblemError({
    code: 'tensor-too-large',
    title: 'Tensor too large',
    message: `The network needs a tensor of ${mib(bytes)} MiB, and this graphics device takes at most ${mib(limit)} MiB in one. Use a smaller batch size, smaller layers, or another backend.`,
    facts: { bytes, limit },
  });
}

function firstLine(text: string): string {
  return text.split('\n')[0]?.trim() ?? '';
}
