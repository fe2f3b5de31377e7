import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';

export type Info = tf.TensorInfo;
export type Inputs = { readonly [name: string]: Info };

/** A kernel of ours: reads its inputs in the WebAssembly heap and returns a new tensor there. */
export type WasmKernel<A> = (inputs: Inputs, attrs: A, backend: BackendWasm) => Info;

/**
 * Registers a kernel for the wasm backend in place of the stock one, if there is one. Must happen before the backend starts, because
 * set-up functions run then.
 */
export function registerWasmKernel<A>(kernelName: string, kernel: (stock: WasmKernel<A>) => WasmKernel<A>): void {
  const config = tf.getKernel(kernelName, 'wasm');
  if (config) tf.unregisterKernel(kernelName, 'wasm');
  const stock: WasmKernel<A> = (inputs, attrs, backend) => {
    if (!config) throw new Error(`The wasm backend has no kernel ${kernelName} of its own`);
    return config.kernelFunc({ inputs, attrs: attrs as unknown as tf.NamedAttrMap, backend } as never) as Info;
  };
  const ours = kernel(stock);
  tf.registerKernel({
    kernelName,
    backendName: 'wasm',
    ...(config?.setupFunc && { setupFunc: config.setupFunc }),
    kernelFunc: ({ inputs, attrs, backend }) =>
      ours(inputs as Inputs, attrs as unknown as A, backend as unknown as BackendWasm),
  });
}

/** Runs another wasm kernel from inside a kernel. The caller disposes of what it returns. */
export function runKernel(name: string, inputs: Inputs, attrs: object, backend: BackendWasm): Info {
  const config = tf.getKernel(name, 'wasm');
  if (!config) throw new Error(`The wasm backend has no kernel ${name}`);
  return config.kernelFunc({ inputs, attrs, backend } as never) as Info;
}

/**
 * The elements of a tensor, in the heap itself. Allocating may grow the heap and so invalidate earlier views: allocate first, then
 * view.
 */
export function view(backend: BackendWasm, info: Info): Float32Array {
  return backend.typedArrayFromHeap(info as never) as Float32Array;
}

export function allocate(backend: BackendWasm, shape: readonly number[], dtype: tf.DataType = 'float32'): Info {
  return backend.makeOutput([...shape], dtype);
}

/** Where a tensor's elements start in the heap, in bytes. Stays so while the tensor lives, also when the heap grows. */
export function addressOf(backend: BackendWasm, info: Info): number {
  return backend.getMemoryOffset(info.dataId);
}

/** Lends room in the heap for as long as `use` runs. Not cleared. */
export function withScratch<T>(backend: BackendWasm, bytes: number, use: (at: number) => T): T {
  const at = backend.wasm._malloc(Math.max(16, bytes)) >>> 0;
  try {
    return use(at);
  } finally {
    backend.wasm._free(at);
  }
}

/** The same data under another shape; not a new reference, so only one of the two may be disposed of. */
export function reshaped(info: Info, shape: readonly number[]): Info {
  return { dataId: info.dataId, dtype: info.dtype, shape: [...shape] };
}
