import * as tf from '@tensorflow/tfjs-core';

/** The parts of tfjs-node's native binding that kernels use: TensorFlow's eager operations on tensors known by number. */
export interface Binding {
  readonly TF_FLOAT: number;
  readonly TF_INT32: number;
  readonly TF_INT64: number;
  readonly TF_BOOL: number;
  readonly TF_RESOURCE: number;
  readonly TF_ATTR_STRING: number;
  readonly TF_ATTR_INT: number;
  readonly TF_ATTR_FLOAT: number;
  readonly TF_ATTR_BOOL: number;
  readonly TF_ATTR_TYPE: number;
  readonly TF_ATTR_SHAPE: number;
  createTensor(shape: readonly number[], dtype: number, values: Float32Array | Int32Array): number;
  deleteTensor(id: number): void;
  executeOp(name: string, attrs: readonly Attr[], inputs: readonly number[], outputs: number): readonly Output[];
  getNumOfTensors(): number;
  tensorDataSync(id: number): Float32Array | Int32Array | Uint8Array;
  /** Answers with the session's number. */
  loadSavedModel(folder: string, tags: string): number;
  deleteSavedModel(session: number): void;
  /** Names are `node:output`, separated by commas. */
  runSavedModel(session: number, inputs: readonly number[], inputNames: string, outputNames: string): readonly Output[];
}

export interface Attr {
  readonly name: string;
  readonly type: number;
  readonly value: unknown;
}

export interface Output {
  readonly id: number;
  readonly shape: number[];
  readonly dtype: number;
}

/** What the backend keeps for a tensor. `id` is the binding's number; values not yet handed over have none. */
interface Entry {
  id: number;
  values: unknown;
  refCount: number;
}

/** tfjs-node's backend class, as far as kernels need it. */
export interface NativeBackend {
  binding: Binding;
  readonly isUsingGpuDevice: boolean;
  readonly tensorMap: { get(dataId: object): Entry };
  incRef(dataId: object): void;
  getDTypeInteger(dtype: tf.DataType): number;
  getInputTensorIds(tensors: readonly tf.TensorInfo[]): number[];
  createOutputTensor(output: Output): tf.Tensor;
}

export type Inputs = { readonly [name: string]: tf.TensorInfo };
export type Kernel<A> = (inputs: Inputs, attrs: A, native: NativeBackend) => tf.TensorInfo | readonly tf.TensorInfo[];

/** Registers a kernel for the tensorflow backend, in place of the stock one if there is one. */
export function registerNativeKernel<A>(kernelName: string, kernel: Kernel<A>): void {
  if (tf.getKernel(kernelName, 'tensorflow')) tf.unregisterKernel(kernelName, 'tensorflow');
  tf.registerKernel({
    kernelName,
    backendName: 'tensorflow',
    kernelFunc: ({ inputs, attrs, backend }) =>
      kernel(inputs as Inputs, attrs as unknown as A, backend as unknown as NativeBackend) as tf.TensorInfo,
  });
}

/** Runs a TensorFlow operation; the first `wanted` of its outputs become tensors, the others are let go of at once. */
export function execute(
  native: NativeBackend,
  name: string,
  attrs: readonly Attr[],
  inputs: readonly tf.TensorInfo[],
  outputs = 1,
  wanted = outputs,
): tf.Tensor[] {
  const made = native.binding.executeOp(name, attrs, native.getInputTensorIds(inputs), outputs);
  for (const output of made.slice(wanted)) native.binding.deleteTensor(output.id);
  return made.slice(0, wanted).map((output) => native.createOutputTensor(output));
}

/** Attributes that many kernels share. */
export const attributes = {
  float: ({ TF_ATTR_TYPE, TF_FLOAT }: Binding, name = 'T'): Attr => ({ name, type: TF_ATTR_TYPE, value: TF_FLOAT }),
  int32: ({ TF_ATTR_TYPE, TF_INT32 }: Binding, name: string): Attr => ({ name, type: TF_ATTR_TYPE, value: TF_INT32 }),
  number: ({ TF_ATTR_FLOAT }: Binding, name: string, value: number): Attr => ({ name, type: TF_ATTR_FLOAT, value }),
  flag: ({ TF_ATTR_BOOL }: Binding, name: string, value: boolean): Attr => ({ name, type: TF_ATTR_BOOL, value }),
  text: ({ TF_ATTR_STRING }: Binding, name: string, value: string): Attr => ({ name, type: TF_ATTR_STRING, value }),
} as const;
