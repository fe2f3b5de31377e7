import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';

export type Info = tf.TensorInfo;
export type Inputs = { readonly [name: string]: Info };

/** A kernel of ours: reads its inputs in the WebAssembly heap and returns a new tensor there, or several. */
export type WasmKernel<A, R extends Info | Info[] = Info> = (inputs: Inputs, attrs: A, backend: BackendWasm) => R;

/**
 * Registers a kernel for the wasm backend in place of the stock one, if there is one. Must happen before the backend starts, because
 * set-up functions run then.
 */
export function registerWasmKernel<A, R extends Info | Info[] = Info>(
  kernelName: string,
  kernel: (stock: WasmKernel<A>) => WasmKernel<A, R>,
): void {
  const config = tf.getKernel(kernelName, 'wasm');
  if (config) tf.unregisterKernel(kernelName, 'wasm');
  const stock: WasmKernel<A> = (inputs, attrs, backend) => {
    if (!config) throw new Error(`The wasm backend has no kernel ${kernelName} of its own`);
    return config.kernelFunc({ inputs, attrs: attrs as unknown as tf.NamedAttrMap, backend }) as Info;
  };
  const ours = kernel(stock);
  tf.registerKernel({
    kernelName,
    backendName: 'wasm',
    ...(config?.setupFunc && { setupFunc: config.setupFunc }),
    kernelFunc: ({ inputs, attrs, backend }) => {
      const wasm = backend as unknown as BackendWasm;
      return keepingNothingOnFailure(wasm, () => ours(inputs as Inputs, attrs as unknown as A, wasm));
    },
  });
}

/** What the kernel under way has allocated so far. */
let allocated: Info[] = [];

/** Memory can run out in the middle of a kernel: what it had taken by then is given back. */
function keepingNothingOnFailure<T>(backend: BackendWasm, run: () => T): T {
  const outer = allocated;
  allocated = [];
  try {
    return run();
  } catch (error) {
    for (const { dataId } of allocated) backend.disposeData(dataId);
    throw error;
  } finally {
    allocated = outer;
  }
}

/**
 * The elements of a tensor, in the heap itself. Allocating may grow the heap and so invalidate earlier views: allocate first, then
 * view.
 */
export function view(backend: BackendWasm, info: Info): Float32Array {
  return backend.typedArrayFromHeap(info) as Float32Array;
}

export function allocate(backend: BackendWasm, shape: readonly number[], dtype: tf.DataType = 'float32'): Info {
  const made = backend.makeOutput([...shape], dtype);
  allocated.push(made);
  return made;
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
