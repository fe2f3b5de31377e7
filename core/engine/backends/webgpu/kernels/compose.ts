import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import * as tf from '@tensorflow/tfjs-core';

/** What a composed kernel works with. Everything made through it is freed when the kernel returns, except the result. */
export interface Composer {
  run(kernelName: string, inputs: { [name: string]: tf.TensorInfo }, attrs?: object): tf.TensorInfo;
  constant(values: Float32Array, shape: number[]): tf.TensorInfo;
  reshape(x: tf.TensorInfo, shape: number[]): tf.TensorInfo;
  /** The kernel that was replaced. */
  stock(inputs: { [name: string]: tf.TensorInfo }, attrs: object): tf.TensorInfo;
}

type Inputs = Readonly<Record<string, tf.TensorInfo>>;
export type Composed<A> = (inputs: Inputs, attrs: A, composer: Composer) => tf.TensorInfo;

/**
 * Replaces a stock kernel of webgpu where `applies`, by one composed of other kernels; the stock one keeps all other cases.
 */
export function replaceKernel<A>(
  kernelName: string,
  applies: (inputs: Inputs, attrs: A) => boolean,
  compute: Composed<A>,
): void {
  const stock = tf.getKernel(kernelName, 'webgpu');
  if (!stock) throw new Error(`webgpu has no kernel ${kernelName}`);
  tf.unregisterKernel(kernelName, 'webgpu');
  tf.registerKernel({
    ...stock,
    kernelFunc: (params) => {
      const inputs = params.inputs as Inputs;
      const attrs = params.attrs as unknown as A;
      if (!applies(inputs, attrs)) return stock.kernelFunc(params);
      return compose(params.backend as WebGPUBackend, stock, (composer) => compute(inputs, attrs, composer));
    },
  });
}

function compose(
  backend: WebGPUBackend,
  replaced: tf.KernelConfig,
  compute: (composer: Composer) => tf.TensorInfo,
): tf.TensorInfo {
  const made: tf.TensorInfo[] = [];
  const note = (info: tf.TensorInfo): tf.TensorInfo => {
    made.push(info);
    return info;
  };
  const call = (kernel: tf.KernelConfig, inputs: { [name: string]: tf.TensorInfo }, attrs: object): tf.TensorInfo => {
    const result = kernel.kernelFunc({ inputs, attrs: attrs as tf.NamedAttrMap, backend });
    if (Array.isArray(result)) throw new Error(`${kernel.kernelName} has several outputs`);
    return note(result);
  };
  const run: Composer['run'] = (kernelName, inputs, attrs = {}) => {
    const kernel = tf.getKernel(kernelName, 'webgpu');
    if (!kernel) throw new Error(`webgpu has no kernel ${kernelName}`);
    return call(kernel, inputs, attrs);
  };
  let result: tf.TensorInfo | null = null;
  try {
    result = compute({
      run,
      stock: (inputs, attrs) => call(replaced, inputs, attrs),
      constant: (values, shape) => note(backend.makeTensorInfo(shape, 'float32', values)),
      reshape: (x, shape) => run('Reshape', { x }, { shape }),
    });
    return result;
  } finally {
    for (const info of made) if (info !== result) backend.disposeData(info.dataId);
  }
}
