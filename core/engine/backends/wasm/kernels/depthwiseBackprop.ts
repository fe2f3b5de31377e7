import { backend_util } from '@tensorflow/tfjs-core';
import type { ConvInfo } from './convInfo.ts';
import { allocate, type Info, registerWasmKernel, view } from './heap.ts';

interface Attrs {
  strides: [number, number] | number;
  dilations: [number, number] | number;
  pad: 'valid' | 'same' | number | backend_util.ExplicitPadding;
  dimRoundingMode?: 'floor' | 'round' | 'ceil';
}
type Shape4 = [number, number, number, number];

/** Both gradients of a depthwise convolution, which the stock backend lacks. Dilation included. */
export function registerDepthwiseBackprop(): void {
  registerWasmKernel<Attrs & { filterShape: Shape4 }>(
    'DepthwiseConv2dNativeBackpropFilter',
    () => (inputs, attrs, backend) => {
      const { x, dy } = inputs;
      if (!x || !dy) throw new Error('DepthwiseConv2dNativeBackpropFilter needs x and dy');
      const info = convInfo(x.shape as Shape4, attrs.filterShape, attrs);
      const filter = allocate(backend, attrs.filterShape);
      const [xs, dys, ws] = [view(backend, x), view(backend, dy), view(backend, filter)];
      ws.fill(0);
      const multiplier = attrs.filterShape[3];
      forEachTap(info, (input, output, weight, channels) => {
        for (let c = 0; c < channels; c++) {
          const value = xs[input + c] as number;
          for (let m = 0; m < multiplier; m++) {
            const k = c * multiplier + m;
            ws[weight + k] = (ws[weight + k] as number) + value * (dys[output + k] as number);
          }
        }
      });
      return filter;
    },
  );
  registerWasmKernel<Attrs & { inputShape: Shape4 }>(
    'DepthwiseConv2dNativeBackpropInput',
    () => (inputs, attrs, backend) => {
      const { dy, filter } = inputs;
      if (!dy || !filter) throw new Error('DepthwiseConv2dNativeBackpropInput needs dy and filter');
      const info = convInfo(attrs.inputShape, filter.shape as Shape4, attrs);
      const dx: Info = allocate(backend, attrs.inputShape);
      const [dxs, dys, ws] = [view(backend, dx), view(backend, dy), view(backend, filter)];
      dxs.fill(0);
      const multiplier = filter.shape[3] ?? 1;
      forEachTap(info, (input, output, weight, channels) => {
        for (let c = 0; c < channels; c++) {
          let sum = 0;
          for (let m = 0; m < multiplier; m++) {
            const k = c * multiplier + m;
            sum += (ws[weight + k] as number) * (dys[output + k] as number);
          }
          dxs[input + c] = (dxs[input + c] as number) + sum;
        }
      });
      return dx;
    },
  );
}

function convInfo(xShape: Shape4, filterShape: Shape4, attrs: Attrs): ConvInfo {
  return backend_util.computeConv2DInfo(
    xShape,
    filterShape,
    attrs.strides,
    attrs.dilations ?? 1,
    attrs.pad,
    attrs.dimRoundingMode,
    true,
  );
}

/** Calls `visit` with the offsets of the first channel of input, output and kernel, for every output position and kernel tap inside. */
function forEachTap(
  info: ConvInfo,
  visit: (input: number, output: number, weight: number, channels: number) => void,
): void {
  const { batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, outChannels, padInfo } = info;
  for (let n = 0; n < batchSize; n++)
    for (let oh = 0; oh < outHeight; oh++)
      for (let kh = 0; kh < info.filterHeight; kh++) {
        const ih = oh * info.strideHeight + kh * info.dilationHeight - padInfo.top;
        if (ih < 0 || ih >= inHeight) continue;
        for (let ow = 0; ow < outWidth; ow++) {
          const output = ((n * outHeight + oh) * outWidth + ow) * outChannels;
          for (let kw = 0; kw < info.filterWidth; kw++) {
            const iw = ow * info.strideWidth + kw * info.dilationWidth - padInfo.left;
            if (iw < 0 || iw >= inWidth) continue;
            const input = ((n * inHeight + ih) * inWidth + iw) * inChannels;
            visit(input, output, (kh * info.filterWidth + kw) * outChannels, inChannels);
          }
        }
      }
}
