import type { backend_util } from '@tensorflow/tfjs-core';

export type PoolInfo = backend_util.Conv2DInfo;
export interface PoolAttrs {
  filterSize: [number, number] | number;
  strides: [number, number] | number;
  pad: 'valid' | 'same' | number | backend_util.ExplicitPadding;
  dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

/**
 * Adds the gradient of 2-D average pooling to `dx` (zeroed by the caller). Each window's gradient is shared by the inputs it really
 * covers; the stock kernels divide by the whole window even where it hangs over the edge, which their own forward pass does not do.
 */
export function averagePoolGradient(dy: Float32Array, info: PoolInfo, dx: Float32Array): void {
  const { batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, padInfo } = info;
  for (let n = 0; n < batchSize; n++)
    for (let oh = 0; oh < outHeight; oh++) {
      const top = Math.max(0, oh * info.strideHeight - padInfo.top);
      const bottom = Math.min(inHeight, oh * info.strideHeight - padInfo.top + info.filterHeight);
      for (let ow = 0; ow < outWidth; ow++) {
        const left = Math.max(0, ow * info.strideWidth - padInfo.left);
        const right = Math.min(inWidth, ow * info.strideWidth - padInfo.left + info.filterWidth);
        const share = 1 / ((bottom - top) * (right - left));
        const output = ((n * outHeight + oh) * outWidth + ow) * inChannels;
        for (let ih = top; ih < bottom; ih++)
          for (let iw = left; iw < right; iw++) {
            const input = ((n * inHeight + ih) * inWidth + iw) * inChannels;
            for (let c = 0; c < inChannels; c++)
              dx[input + c] = (dx[input + c] as number) + (dy[output + c] as number) * share;
          }
      }
    }
}
