import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ProblemError } from '../../../errors.ts';
import type { Backend, BackendEnvironment } from '../backend.ts';

/** The compiled binding, where an installation puts it. */
const BINDING = ['node_modules', '@tensorflow', 'tfjs-node-gpu', 'lib', 'napi-v8', 'tfjs_binding.node'];

function bindingPath({ home }: BackendEnvironment): string {
  return join(home, 'engines', 'tensorflow', ...BINDING);
}

/** libtensorflow through @tensorflow/tfjs-node-gpu: CUDA where there is an NVIDIA GPU, oneDNN on the processor. */
export const tensorflowBackend: Backend = {
  name: 'tensorflow',
  async detect(environment) {
    const path = bindingPath(environment);
    const found = existsSync(path);
    return {
      available: false,
      device: 'TensorFlow',
      version: '',
      reason: found
        ? 'Its files are here, but this version of Layerloom cannot drive TensorFlow yet.'
        : `Not installed: there is no TensorFlow binding at ${path}.`,
      howToGet: found ? '' : 'This version of Layerloom cannot install TensorFlow yet. Use wasm, which needs nothing.',
    };
  },
  async activate(environment) {
    throw new ProblemError({
      code: 'backend-unavailable',
      title: 'Backend',
      message: `TensorFlow cannot be used: ${(await tensorflowBackend.detect(environment)).reason}`,
    });
  },
};
