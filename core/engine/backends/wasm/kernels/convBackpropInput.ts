import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { backend_util } from '@tensorflow/tfjs-core';
import { allocate, type Info, registerWasmKernel, reshaped, runKernel, view } from './heap.ts';
import { type ConvInfo, col2im, patchRows, samplesPerChunk } from './im2col.ts';

interface Attrs {
  strides: [number, number] | number;
  pad: 'valid' | 'same' | number | backend_util.ExplicitPadding;
  dataFormat: 'NHWC' | 'NCHW';
  dimRoundingMode?: 'floor' | 'round' | 'ceil';
  inputShape: [number, number, number, number];
}

/**
 * Gradient of a convolution's input. The stock kernel is a plain loop; here it is a convolution with the turned kernel (stride 1), or
 * a matrix product whose patches are added back in place (larger strides). Both run on XNNPACK.
 */
export function registerConvBackpropInput(): void {
  registerWasmKernel<Attrs>('Conv2DBackpropInput', (stock) => (inputs, attrs, backend) => {
    const { dy, filter } = inputs;
    if (!dy || !filter) throw new Error('Conv2DBackpropInput needs dy and filter');
    if (attrs.dataFormat !== 'NHWC') return stock(inputs, attrs, backend);
    const info = backend_util.computeConv2DInfo(
      attrs.inputShape,
      filter.shape as [number, number, number, number],
      attrs.strides,
      1,
      attrs.pad,
      attrs.dimRoundingMode,
    );
    const top = info.filterHeight - 1 - info.padInfo.top;
    const left = info.filterWidth - 1 - info.padInfo.left;
    const bottom = info.inHeight + info.padInfo.top - info.outHeight;
    const right = info.inWidth + info.padInfo.left - info.outWidth;
    const strideOne = info.strideHeight === 1 && info.strideWidth === 1;
    return strideOne && Math.min(top, left, bottom, right) >= 0
      ? byTurnedKernel(dy, filter, info, [top, bottom, left, right], backend)
      : byProduct(dy, filter, info, backend);
  });
}

function byTurnedKernel(
  dy: Info,
  filter: Info,
  info: ConvInfo,
  [top, bottom, left, right]: readonly [number, number, number, number],
  backend: BackendWasm,
): Info {
  const { filterHeight, filterWidth, inChannels, outChannels } = info;
  const turned = allocate(backend, [filterHeight, filterWidth, outChannels, inChannels]);
  const source = view(backend, filter);
  const target = view(backend, turned);
  const taps = filterHeight * filterWidth;
  for (let tap = 0; tap < taps; tap++) {
    const from = tap * inChannels * outChannels;
    const to = (taps - 1 - tap) * inChannels * outChannels;
    for (let i = 0; i < inChannels; i++)
      for (let o = 0; o < outChannels; o++)
        target[to + o * inChannels + i] = source[from + i * outChannels + o] as number;
  }
  const dx = runKernel(
    'Conv2D',
    { x: dy, filter: turned },
    {
      strides: [1, 1],
      dilations: [1, 1],
      pad: [
        [0, 0],
        [top, bottom],
        [left, right],
        [0, 0],
      ],
      dataFormat: 'NHWC',
    },
    backend,
  );
  backend.disposeData(turned.dataId);
  return dx;
}

function byProduct(dy: Info, filter: Info, info: ConvInfo, backend: BackendWasm): Info {
  const rows = patchRows(info);
  const pixels = info.outHeight * info.outWidth;
  const { outChannels } = info;
  const dx = allocate(backend, info.inShape);
  view(backend, dx).fill(0);
  const turned = runKernel('Transpose', { x: reshaped(filter, [1, rows, outChannels]) }, { perm: [0, 2, 1] }, backend);
  const chunk = samplesPerChunk(info);
  for (let from = 0; from < info.batchSize; from += chunk) {
    const to = Math.min(info.batchSize, from + chunk);
    const part = allocate(backend, [1, (to - from) * pixels, outChannels]);
    const stride = pixels * outChannels;
    view(backend, part).set(view(backend, dy).subarray(from * stride, to * stride));
    const flags = { transposeA: false, transposeB: false };
    const patches = runKernel('BatchMatMul', { a: part, b: reshaped(turned, [1, outChannels, rows]) }, flags, backend);
    backend.disposeData(part.dataId);
    col2im(view(backend, patches), info, from, to, view(backend, dx));
    backend.disposeData(patches.dataId);
  }
  backend.disposeData(turned.dataId);
  return dx;
}
