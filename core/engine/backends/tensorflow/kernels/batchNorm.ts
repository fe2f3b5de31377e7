import * as tf from '@tensorflow/tfjs-core';
import { BATCH_NORM_GRAD_KERNEL, BATCH_NORM_KERNEL } from '../../../model/layers/fusedBatchNorm.ts';
import { attributes, execute, type Inputs, type NativeBackend, registerNativeKernel } from './native.ts';
import { SMALL, smallBatchNorm, smallBatchNormGrad } from './smallBatchNorm.ts';

interface Attrs {
  readonly epsilon: number;
}

/**
 * TensorFlow's fused batch normalisation, or a composed one where there is little to do. The variance that the fused one puts out is unbiased, for running averages; here it is scaled back by
 * (n − 1)/n, because Keras, and so every backend here, follows the biased one.
 */
export function registerBatchNorm(): void {
  registerNativeKernel<Attrs>(BATCH_NORM_KERNEL, (inputs, { epsilon }, native) => {
    const { x, gamma, beta } = need(inputs, 'x', 'gamma', 'beta');
    if (isSmall(x, native)) return smallBatchNorm(native, [x, gamma, beta], epsilon);
    // Empty: no running averages come in.
    const none = tf.tensor1d([], 'float32');
    const map = asMap(x);
    const attrs = fusedAttributes(native, epsilon);
    const outputs = execute(native, 'FusedBatchNormV3', attrs, [map, gamma, beta, none, none], 6);
    none.dispose();
    if (map !== x) (map as tf.Tensor).dispose();
    const [y, mean, unbiased, savedMean, savedVariance, workspace] = outputs;
    if (!y || !mean || !unbiased || !savedMean || !savedVariance || !workspace)
      throw new Error('FusedBatchNormV3 must return six tensors');
    const rows = tf.util.sizeFromShape(x.shape) / (x.shape.at(-1) ?? 1);
    const variance = rows > 1 ? tf.mul(unbiased, (rows - 1) / rows) : tf.zerosLike(unbiased);
    unbiased.dispose();
    return [like(y, x), mean, variance, savedMean, savedVariance, workspace];
  });
  registerNativeKernel<Attrs>(BATCH_NORM_GRAD_KERNEL, (inputs, { epsilon }, native) => {
    const { dy, x, gamma, saved0, saved1 } = need(inputs, 'dy', 'x', 'gamma', 'saved0', 'saved1');
    if (isSmall(x, native)) return smallBatchNormGrad(native, [dy, gamma, saved0, saved1]);
    const { saved2 } = need(inputs, 'saved2');
    const [map, slope] = [asMap(x), asMap(dy)];
    const operands = [slope, map, gamma, saved0, saved1, saved2];
    const attrs = fusedAttributes(native, epsilon);
    const [dx, dgamma, dbeta] = execute(native, 'FusedBatchNormGradV3', attrs, operands, 5, 3);
    if (map !== x) (map as tf.Tensor).dispose();
    if (slope !== dy) (slope as tf.Tensor).dispose();
    if (!dx || !dgamma || !dbeta) throw new Error('FusedBatchNormGradV3 must return three gradients');
    return [like(dx, x), dgamma, dbeta];
  });
}

/** On a graphics card every operation costs the same to start, so that fewer are always better. */
function isSmall(x: tf.TensorInfo, native: NativeBackend): boolean {
  return !native.isUsingGpuDevice && tf.util.sizeFromShape(x.shape) <= SMALL;
}

function fusedAttributes({ binding }: NativeBackend, epsilon: number) {
  return [
    attributes.float(binding),
    attributes.float(binding, 'U'),
    attributes.number(binding, 'epsilon', epsilon),
    attributes.text(binding, 'data_format', 'NHWC'),
    attributes.flag(binding, 'is_training', true),
  ];
}

function need<N extends string>(inputs: Inputs, ...names: readonly N[]): { readonly [K in N]: tf.TensorInfo } {
  for (const name of names) if (!inputs[name]) throw new Error(`Batch normalisation needs ${name}`);
  return inputs as { readonly [K in N]: tf.TensorInfo };
}

/** The operation takes [batch, height, width, channels] only. */
function asMap(x: tf.TensorInfo): tf.TensorInfo {
  if (x.shape.length === 4) return x;
  const channels = x.shape.at(-1) ?? 1;
  return tf.reshape(x as tf.Tensor, [-1, 1, 1, channels]);
}

function like(result: tf.Tensor, x: tf.TensorInfo): tf.Tensor {
  if (x.shape.length === 4) return result;
  const shaped = tf.reshape(result, [...x.shape]);
  result.dispose();
  return shaped;
}
