import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { Simd } from '../simd.ts';
import { type ConvAttrs, type ConvInfo, convInfo, inputClasses, type Shape4, tapOffsets } from './convInfo.ts';
import { addressOf, allocate, type Info, registerWasmKernel, withScratch } from './heap.ts';
import { convolve, withPaddedChannels } from './products.ts';

/** Convolution and both its gradients. Inputs in NHWC; the other order goes to the stock kernel, where there is one. */
export function registerConv(simd: Simd): void {
  registerWasmKernel<ConvAttrs>('Conv2D', (stock) => (inputs, attrs, backend) => {
    const { x, filter } = inputs;
    if (!x || !filter) throw new Error('Conv2D needs x and filter');
    return attrs.dataFormat === 'NCHW' ? stock(inputs, attrs, backend) : forward(simd, x, filter, attrs, backend);
  });
  registerWasmKernel<ConvAttrs & { inputShape: Shape4 }>('Conv2DBackpropInput', (stock) => (inputs, attrs, backend) => {
    const { dy, filter } = inputs;
    if (!dy || !filter) throw new Error('Conv2DBackpropInput needs dy and filter');
    return attrs.dataFormat === 'NCHW' ? stock(inputs, attrs, backend) : toInput(simd, dy, filter, attrs, backend);
  });
  registerWasmKernel<ConvAttrs & { filterShape: Shape4 }>('Conv2DBackpropFilter', () => (inputs, attrs, backend) => {
    const { x, dy } = inputs;
    if (!x || !dy) throw new Error('Conv2DBackpropFilter needs x and dy');
    if (attrs.dataFormat === 'NCHW') throw new Error('Conv2DBackpropFilter: data format NCHW is not supported');
    return toFilter(simd, x, dy, attrs, backend);
  });
}

/** With fewer channels than this, taps are too short to be worth a loop each. */
const FEW_CHANNELS = 8;

function forward(simd: Simd, x: Info, filter: Info, attrs: ConvAttrs, backend: BackendWasm): Info {
  const info = convInfo(x.shape, filter.shape, attrs);
  const { inChannels, outChannels, outHeight, outWidth, filterWidth, dilationWidth } = info;
  const y = allocate(backend, info.outShape);
  if (info.outShape.includes(0)) return y;
  const place = outChannels * 4;
  const common = {
    images: info.batchSize,
    depth: inChannels,
    columns: outChannels,
    grid: [outHeight, outWidth],
    strides: [info.strideHeight, info.strideWidth],
    out: { at: addressOf(backend, y), image: outHeight * outWidth * place, line: outWidth * place, place },
  } as const;
  const weights = { at: addressOf(backend, filter), tap: inChannels * outChannels, k: outChannels, j: 1 };
  if (inChannels < FEW_CHANNELS && filterWidth > 1 && dilationWidth === 1)
    withFrame(simd, backend, x, info, (source, height, width) => {
      // Inside a frame of zeros, a whole line of the kernel is one run of numbers.
      const run = filterWidth * inChannels;
      const taps = Array.from({ length: info.filterHeight }, (_, i) => ({
        y: i * info.dilationHeight,
        x: 0,
        weights: i,
      }));
      convolve(simd, backend, {
        ...common,
        source,
        height,
        width,
        taps,
        run,
        weights: { ...weights, tap: run * outChannels },
      });
    });
  else {
    const picture = { source: addressOf(backend, x), height: info.inHeight, width: info.inWidth };
    convolve(simd, backend, { ...common, ...picture, taps: tapOffsets(info), weights });
  }
  return y;
}

/** Lends the pictures in frames of zeros that hold everything the kernel sees. */
function withFrame(
  simd: Simd,
  backend: BackendWasm,
  x: Info,
  info: ConvInfo,
  use: (at: number, height: number, width: number) => void,
): void {
  const { batchSize, inHeight, inWidth, inChannels, padInfo } = info;
  const height = (info.outHeight - 1) * info.strideHeight + info.effectiveFilterHeight;
  const width = (info.outWidth - 1) * info.strideWidth + info.effectiveFilterWidth;
  withScratch(backend, batchSize * height * width * inChannels * 4, (at) => {
    const step = Math.ceil(65_536 / Math.max(1, height * width * inChannels));
    const from = [addressOf(backend, x), inHeight, inWidth, inChannels, padInfo.top, padInfo.left] as const;
    simd.run('frame', batchSize, step, ...from, height, width, at);
    use(at, height, width);
  });
}

/** dx = Σ over taps of dy · weightsᵀ, class by class. */
function toInput(
  simd: Simd,
  dy: Info,
  filter: Info,
  attrs: ConvAttrs & { inputShape: Shape4 },
  backend: BackendWasm,
): Info {
  const info = convInfo(attrs.inputShape, filter.shape, attrs);
  const { strideHeight, strideWidth, inHeight, inWidth, inChannels, outChannels } = info;
  const dx = allocate(backend, info.inShape);
  const place = inChannels * 4;
  for (const { y, x, grid, taps } of inputClasses(info))
    convolve(simd, backend, {
      source: addressOf(backend, dy),
      images: info.batchSize,
      height: info.outHeight,
      width: info.outWidth,
      depth: outChannels,
      columns: inChannels,
      grid,
      strides: [1, 1],
      taps,
      weights: { at: addressOf(backend, filter), tap: inChannels * outChannels, k: 1, j: outChannels },
      out: {
        at: addressOf(backend, dx) + (y * inWidth + x) * place,
        image: inHeight * inWidth * place,
        line: strideHeight * inWidth * place,
        place: strideWidth * place,
      },
    });
  return dx;
}

/** How much of both pictures a pass over the kernel's taps should touch, to stay in the innermost cache. */
const BLOCK_BYTES = 24 * 1024;

function toFilter(
  simd: Simd,
  x: Info,
  dy: Info,
  attrs: ConvAttrs & { filterShape: Shape4 },
  backend: BackendWasm,
): Info {
  const info = convInfo(x.shape, attrs.filterShape, attrs);
  const dw = allocate(backend, attrs.filterShape);
  const { inChannels, outChannels, outHeight, outWidth } = info;
  const taps = tapOffsets(info);
  const line = 4 * (info.inWidth * info.strideHeight * inChannels + outWidth * outChannels);
  const block = Math.max(1, Math.floor(BLOCK_BYTES / line));
  withPaddedChannels(simd, backend, x, 4, (source, channels) =>
    withPaddedChannels(simd, backend, dy, 8, (slopes, filters) => {
      const padded = channels !== inChannels || filters !== outChannels;
      const size = taps.length * channels * filters;
      const shapeBytes = 48 + taps.length * 8;
      withScratch(backend, shapeBytes + (padded ? size * 4 : 0), (shape) => {
        const target = padded ? shape + shapeBytes : addressOf(backend, dw);
        const { buffer } = simd.memory;
        new Float32Array(buffer, target, size).fill(0);
        new Int32Array(buffer, shape, shapeBytes / 4).set([
          info.batchSize,
          outHeight,
          outWidth,
          info.strideHeight,
          info.strideWidth,
          info.inHeight,
          info.inWidth,
          channels,
          filters,
          block,
          ...taps.flatMap((tap) => [tap.y, tap.x]),
        ]);
        const units = (taps.length * channels) / 4;
        const work = info.batchSize * outHeight * outWidth * 4 * filters;
        // Each call reads all pictures: a few large ones for each thread.
        const step = Math.max(Math.ceil(1_000_000 / Math.max(1, work)), Math.ceil(units / (4 * simd.threads)));
        simd.run('correlate', units, step, shape, source, slopes, target);
        if (padded) copyUnpadded(new Float32Array(buffer, target, size), [channels, filters], backend, dw);
      });
    }),
  );
  return dw;
}

function copyUnpadded(
  padded: Float32Array,
  [channels, filters]: readonly [number, number],
  backend: BackendWasm,
  dw: Info,
): void {
  const [taps, inChannels, outChannels] = [dw.shape.slice(0, 2).reduce((a, b) => a * b, 1), ...dw.shape.slice(2)] as [
    number,
    number,
    number,
  ];
  const target = new Float32Array(padded.buffer, addressOf(backend, dw), taps * inChannels * outChannels);
  for (let tap = 0; tap < taps; tap++)
    for (let c = 0; c < inChannels; c++) {
      const from = (tap * channels + c) * filters;
      target.set(padded.subarray(from, from + outChannels), (tap * inChannels + c) * outChannels);
    }
}
