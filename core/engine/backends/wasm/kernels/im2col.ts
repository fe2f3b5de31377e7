import type { backend_util } from '@tensorflow/tfjs-core';

export type ConvInfo = backend_util.Conv2DInfo;

/** Rows of the patch matrix: one for each kernel position and input channel. */
export function patchRows(info: ConvInfo): number {
  return info.filterHeight * info.filterWidth * info.inChannels;
}

/** How many samples fit when the patch matrix may hold 16 Mi numbers (64 MiB); at least one. */
export function samplesPerChunk(info: ConvInfo): number {
  const perSample = patchRows(info) * info.outHeight * info.outWidth;
  return Math.max(1, Math.min(info.batchSize, Math.floor((16 * 1024 * 1024) / perSample)));
}

/**
 * Lays out the patches a convolution sees, transposed: `patches[(kh, kw, c)][(n, oh, ow)]`, zeros where the kernel hangs over the edge.
 * Handles samples `from` (inclusive) to `to`.
 */
export function im2colTransposed(
  x: Float32Array,
  info: ConvInfo,
  from: number,
  to: number,
  patches: Float32Array,
): void {
  const { inHeight, inWidth, inChannels, outHeight, outWidth, strideHeight, strideWidth } = info;
  const { dilationHeight, dilationWidth, padInfo } = info;
  let at = 0;
  for (let kh = 0; kh < info.filterHeight; kh++)
    for (let kw = 0; kw < info.filterWidth; kw++) {
      const left = kw * dilationWidth - padInfo.left;
      // Output columns whose input column lies inside the picture.
      const first = Math.min(outWidth, Math.max(0, Math.ceil(-left / strideWidth)));
      const last = Math.max(first, Math.min(outWidth, Math.floor((inWidth - 1 - left) / strideWidth) + 1));
      const step = strideWidth * inChannels;
      for (let c = 0; c < inChannels; c++)
        for (let n = from; n < to; n++)
          for (let oh = 0; oh < outHeight; oh++) {
            const ih = oh * strideHeight + kh * dilationHeight - padInfo.top;
            if (ih < 0 || ih >= inHeight) {
              patches.fill(0, at, at + outWidth);
              at += outWidth;
              continue;
            }
            for (let ow = 0; ow < first; ow++) patches[at++] = 0;
            let source = ((n * inHeight + ih) * inWidth + first * strideWidth + left) * inChannels + c;
            for (let ow = first; ow < last; ow++, source += step) patches[at++] = x[source] as number;
            for (let ow = last; ow < outWidth; ow++) patches[at++] = 0;
          }
    }
}

/**
 * The reverse: adds `patches[(n, oh, ow)][(kh, kw, c)]` onto the input positions they came from. `x` must be zero before the first
 * call for a sample.
 */
export function col2im(patches: Float32Array, info: ConvInfo, from: number, to: number, x: Float32Array): void {
  const { inHeight, inWidth, inChannels, outHeight, outWidth, strideHeight, strideWidth } = info;
  const { dilationHeight, dilationWidth, padInfo, filterHeight, filterWidth } = info;
  let at = 0;
  for (let n = from; n < to; n++)
    for (let oh = 0; oh < outHeight; oh++)
      for (let ow = 0; ow < outWidth; ow++)
        for (let kh = 0; kh < filterHeight; kh++) {
          const ih = oh * strideHeight + kh * dilationHeight - padInfo.top;
          if (ih < 0 || ih >= inHeight) {
            at += filterWidth * inChannels;
            continue;
          }
          for (let kw = 0; kw < filterWidth; kw++) {
            const iw = ow * strideWidth + kw * dilationWidth - padInfo.left;
            if (iw < 0 || iw >= inWidth) {
              at += inChannels;
              continue;
            }
            const target = ((n * inHeight + ih) * inWidth + iw) * inChannels;
            for (let c = 0; c < inChannels; c++) x[target + c] = (x[target + c] as number) + (patches[at++] as number);
          }
        }
}
