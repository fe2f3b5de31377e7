import type * as tf from '@tensorflow/tfjs-core';
import { type Attr, attributes, type NativeBackend, type Output } from './native.ts';

/** TensorFlow's operations on tensors known by number, for kernels made of several. */
export interface Operations {
  /** The numbers of tensors of TensorFlow.js. */
  ids(...tensors: readonly tf.TensorInfo[]): number[];
  /** Runs an operation on float32 values whose only attribute is `T`, or with the attributes given; the number of its first output. */
  run(name: string, inputs: readonly number[], attrs?: readonly Attr[]): number;
  /** A float32 scalar. */
  number(value: number): number;
  /** A list of int32. */
  ints(...values: readonly number[]): number;
  readonly attributes: {
    /** A type by TensorFlow's number for it. */
    type(name: string, value: number): Attr;
    float(name?: string): Attr;
    int32(name: string): Attr;
    bool(name: string): Attr;
    flag(name: string, value: boolean): Attr;
  };
  /** Mean along an axis, which stays with length 1. */
  rowMeans(x: number, axis: number): number;
  /** Sums over all axes but the last. */
  columnSums(x: number): number;
  matMul(a: number, b: number, transposeA?: boolean, transposeB?: boolean): number;
  reshape(x: number, ...shape: readonly number[]): number;
}

/** Builds a kernel's outputs out of operations; everything else that they made is let go of. */
export function compose(native: NativeBackend, build: (operations: Operations) => readonly number[]): tf.Tensor[] {
  const { binding } = native;
  const made = new Map<number, Output>();
  const constants: number[] = [];
  const constant = (id: number) => {
    constants.push(id);
    return id;
  };
  const float = (name = 'T') => attributes.float(binding, name);
  const operations: Operations = {
    ids: (...tensors) => native.getInputTensorIds(tensors),
    run(name, inputs, attrs = [float()]) {
      const [output] = binding.executeOp(name, attrs, inputs, 1);
      if (output === undefined) throw new Error(`${name} returned nothing`);
      made.set(output.id, output);
      return output.id;
    },
    number: (value) => constant(binding.createTensor([], binding.TF_FLOAT, Float32Array.of(value))),
    ints: (...values) => constant(binding.createTensor([values.length], binding.TF_INT32, Int32Array.from(values))),
    attributes: {
      type: (name, value) => ({ name, type: binding.TF_ATTR_TYPE, value }),
      float,
      int32: (name) => attributes.int32(binding, name),
      bool: (name) => ({ name, type: binding.TF_ATTR_TYPE, value: binding.TF_BOOL }),
      flag: (name, value) => attributes.flag(binding, name, value),
    },
    rowMeans: (x, axis) =>
      operations.run(
        'Mean',
        [x, operations.ints(axis)],
        [float(), attributes.int32(binding, 'Tidx'), attributes.flag(binding, 'keep_dims', true)],
      ),
    columnSums: (x) => operations.run('BiasAddGrad', [x], [float(), attributes.text(binding, 'data_format', 'NHWC')]),
    matMul: (a, b, transposeA = false, transposeB = false) =>
      operations.run(
        'MatMul',
        [a, b],
        [
          float(),
          attributes.flag(binding, 'transpose_a', transposeA),
          attributes.flag(binding, 'transpose_b', transposeB),
        ],
      ),
    reshape: (x, ...shape) =>
      operations.run('Reshape', [x, operations.ints(...shape)], [float(), attributes.int32(binding, 'Tshape')]),
  };
  try {
    return build(operations).map((id) => {
      const output = made.get(id);
      if (output === undefined) throw new Error('A kernel returned what it did not make');
      made.delete(id);
      return native.createOutputTensor(output);
    });
  } finally {
    for (const id of [...made.keys(), ...constants]) binding.deleteTensor(id);
  }
}
