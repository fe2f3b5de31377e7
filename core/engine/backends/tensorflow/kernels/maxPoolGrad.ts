import * as tf from '@tensorflow/tfjs-core';
import { type Attr, attributes, execute, type NativeBackend, registerNativeKernel } from './native.ts';

interface PoolAttrs {
  readonly filterSize: [number, number] | number;
  readonly strides: [number, number] | number;
  readonly pad: 'valid' | 'same' | number;
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

/** oneDNN's kernels are found under this label (TensorFlow's kMklNameChangeOpLabel). */
const ONEDNN: readonly ['_kernel', string] = ['_kernel', 'MklNameChangeOp'];

/**
 * The gradient of max pooling. On the processor by oneDNN where this build of TensorFlow has it: pooling once more to learn where the
 * maxima stand, and scattering to there, is four to ten times as fast as TensorFlow's own MaxPoolGrad, which looks for them one by one.
 * Ties go to the first, as in the stock kernel.
 */
export function registerMaxPoolGrad(): void {
  let hasOneDnn = process.arch === 'x64';
  registerNativeKernel<PoolAttrs>('MaxPoolGrad', ({ dy, input, output }, pool, native) => {
    if (!dy || !input || !output) throw new Error('MaxPoolGrad needs dy, input and output');
    const attrs = poolAttributes(input, pool, native);
    if (hasOneDnn && !native.isUsingGpuDevice) {
      try {
        return byOneDnn(dy, input, attrs, native);
      } catch {
        // This build has no such kernel: not to be tried again.
        hasOneDnn = false;
      }
    }
    return one(execute(native, 'MaxPoolGrad', attrs, [input, output, dy]));
  });
}

function byOneDnn(dy: tf.TensorInfo, input: tf.TensorInfo, shared: readonly Attr[], native: NativeBackend): tf.Tensor {
  const { binding } = native;
  const attrs = [...shared, attributes.flag(binding, 'workspace_enabled', true), attributes.text(binding, ...ONEDNN)];
  const [x = -1, slope = -1] = native.getInputTensorIds([input, dy]);
  const pooled = binding.executeOp('_MklNativeMaxPool', attrs, [x], 2).map(({ id }) => id);
  try {
    const [y = -1, workspace = -1] = pooled;
    const [dx] = binding.executeOp('_MklNativeMaxPoolGrad', attrs, [x, y, slope, workspace], 1);
    if (!dx) throw new Error('_MklNativeMaxPoolGrad returned nothing');
    return native.createOutputTensor(dx);
  } finally {
    for (const id of pooled) binding.deleteTensor(id);
  }
}

function poolAttributes(input: tf.TensorInfo, pool: PoolAttrs, { binding }: NativeBackend): Attr[] {
  const { filterSize, strides, pad, dimRoundingMode } = pool;
  const shape = input.shape as [number, number, number, number];
  const info = tf.backend_util.computePool2DInfo(shape, filterSize, strides, 1, pad, dimRoundingMode);
  const padding = info.padInfo.type;
  if (padding !== 'VALID' && padding !== 'SAME')
    throw new Error(`TensorFlow pools with 'valid' and 'same' padding only, not ${padding}`);
  const list = (name: string, value: readonly number[]): Attr => ({ name, type: binding.TF_ATTR_INT, value });
  return [
    attributes.float(binding),
    list('ksize', [1, info.filterHeight, info.filterWidth, 1]),
    list('strides', [1, info.strideHeight, info.strideWidth, 1]),
    attributes.text(binding, 'padding', padding),
    list('explicit_paddings', []),
    attributes.text(binding, 'data_format', 'NHWC'),
  ];
}

function one([tensor]: readonly tf.Tensor[]): tf.Tensor {
  if (!tensor) throw new Error('MaxPoolGrad returned nothing');
  return tensor;
}
