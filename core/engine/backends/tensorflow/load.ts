import { createRequire } from 'node:module';
import util from 'node:util';
import * as tf from '@tensorflow/tfjs-core';
import { bindingPath } from '../../install/location.ts';
import { engineModuleUrl } from '../engineModuleUrl.ts';
import { registerTensorflowKernels } from './kernels/index.ts';

const PACKAGE = '@tensorflow/tfjs-node-gpu';

/** The part of the binding that is asked directly; its backend class has the rest. */
interface Binding {
  isUsingGpuDevice(): boolean;
}

let loaded: { readonly dir: string; readonly binding: Binding } | null = null;

/**
 * Loads the binding from an installed engine's folder and makes it the current backend. The package's own entry point looks for the
 * binding inside node_modules; here its parts are put together by hand around a binding that lives in the user's data folder. Answers
 * whether the library found a graphics card that it can use.
 */
export async function loadTensorflow(dir: string): Promise<{ readonly usesGpu: boolean }> {
  if (loaded?.dir !== dir) {
    // Read by the native library when it loads, so they must be set before.
    process.env.TF_FORCE_GPU_ALLOW_GROWTH ??= 'true';
    process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';
    restoreUtilFunctions();
    const require = createRequire(engineModuleUrl());
    const binding = require(bindingPath(dir)) as Binding;
    require(`${PACKAGE}/dist/register_all_kernels`);
    registerTensorflowKernels();
    const { NodeJSKernelBackend } = require(`${PACKAGE}/dist/nodejs_kernel_backend`) as {
      NodeJSKernelBackend: new (binding: Binding, packageName: string) => tf.KernelBackend;
    };
    tf.registerBackend('tensorflow', () => new NodeJSKernelBackend(binding, PACKAGE), 3);
    loaded = { dir, binding };
  }
  await tf.setBackend('tensorflow');
  await tf.ready();
  return { usesGpu: loaded.binding.isUsingGpuDevice() };
}

/** Node 23 took away two functions that the package still calls. */
function restoreUtilFunctions(): void {
  const target = util as unknown as Record<string, unknown>;
  target.isNullOrUndefined ??= (value: unknown) => value === null || value === undefined;
  target.isArray ??= Array.isArray;
}
