import * as tf from '@tensorflow/tfjs-core';
import { attributes, type NativeBackend, registerNativeKernel } from './native.ts';

/**
 * Reshape, many of which change nothing: every broadcasting gradient ends in one. Those share their input instead of running an
 * operation.
 */
export function registerReshape(): void {
  registerNativeKernel<{ shape: number[] }>('Reshape', ({ x }, { shape }, native) => {
    if (!x) throw new Error('Reshape needs x');
    return reshape(x, tf.util.inferFromImplicitShape(shape, tf.util.sizeFromShape(x.shape)), native);
  });
  // The stock kernel leaves attributes to be guessed, which a graph does not do.
  registerNativeKernel<{ dim: number }>('ExpandDims', ({ input }, { dim }, native) => {
    if (!input) throw new Error('ExpandDims needs input');
    const shape = [...input.shape];
    shape.splice(dim < 0 ? dim + shape.length + 1 : dim, 0, 1);
    return reshape(input, shape, native);
  });
}

function reshape(x: tf.TensorInfo, wanted: number[], native: NativeBackend): tf.TensorInfo {
  if (tf.util.arraysEqual(wanted, x.shape)) {
    native.incRef(x.dataId);
    return { dataId: x.dataId, shape: x.shape, dtype: x.dtype };
  }
  const { binding } = native;
  const shapeId = binding.createTensor([wanted.length], binding.TF_INT32, Int32Array.from(wanted));
  const type = { name: 'T', type: binding.TF_ATTR_TYPE, value: native.getDTypeInteger(x.dtype) };
  try {
    const [id] = native.getInputTensorIds([x]);
    const [output] = binding.executeOp('Reshape', [type, attributes.int32(binding, 'Tshape')], [id ?? -1, shapeId], 1);
    if (!output) throw new Error('Reshape returned nothing');
    return native.createOutputTensor(output);
  } finally {
    binding.deleteTensor(shapeId);
  }
}
