import * as tf from '@tensorflow/tfjs-core';
import type { PoolAttrs, PoolInfo } from '../../sharedKernels/averagePoolGradient.ts';
import { replaceKernel } from './compose.ts';

/**
 * The gradient of average pooling at padded edges. The stock kernel divides by the whole window even where it hangs over the edge,
 * which the forward pass does not do: here each window's gradient is first scaled by whole window / part inside.
 */
export function registerAveragePoolGrad(): void {
  replaceKernel<PoolAttrs>(
    'AvgPoolGrad',
    ({ input }, attrs) => {
      const { padInfo } = infoOf(input, attrs);
      return padInfo.top + padInfo.bottom + padInfo.left + padInfo.right > 0;
    },
    ({ dy, input }, attrs, { run, constant, stock }) => {
      if (!dy || !input) throw new Error('AvgPoolGrad needs dy and input');
      const info = infoOf(input, attrs);
      const scale = constant(windowShares(info), [1, info.outHeight, info.outWidth, 1]);
      const scaled = run('Multiply', { a: dy, b: scale });
      return stock({ dy: scaled, input }, attrs);
    },
  );
}

function infoOf(input: tf.TensorInfo | undefined, { filterSize, strides, pad, dimRoundingMode }: PoolAttrs): PoolInfo {
  const shape = (input?.shape ?? []) as [number, number, number, number];
  return tf.backend_util.computePool2DInfo(shape, filterSize, strides, 1, pad, dimRoundingMode);
}

/** For every output position, the size of its window divided by that of the part inside the picture. */
function windowShares(info: PoolInfo): Float32Array {
  const { outHeight, outWidth, inHeight, inWidth, filterHeight, filterWidth, padInfo } = info;
  const inside = (at: number, stride: number, before: number, size: number, length: number): number =>
    Math.min(length, at * stride - before + size) - Math.max(0, at * stride - before);
  const shares = new Float32Array(outHeight * outWidth);
  for (let row = 0; row < outHeight; row++)
    for (let column = 0; column < outWidth; column++) {
      const height = inside(row, info.strideHeight, padInfo.top, filterHeight, inHeight);
      const width = inside(column, info.strideWidth, padInfo.left, filterWidth, inWidth);
      shares[row * outWidth + column] = (filterHeight * filterWidth) / (height * width);
    }
  return shares;
}
