import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { Simd } from '../simd.ts';
import { addBlocks } from './columnTotals.ts';
import { type ConvAttrs, convInfo, inputClasses, type Shape4, tapOffsets } from './convInfo.ts';
import { addressOf, allocate, type Info, registerWasmKernel, view, withScratch } from './heap.ts';
import { depthwise } from './products.ts';

/**
 * Depthwise convolution and both its gradients. With a multiplier m, each input channel is first repeated m times; then every channel has
 * weights of its own.
 */
export function registerDepthwise(simd: Simd): void {
  registerWasmKernel<ConvAttrs>('DepthwiseConv2dNative', () => ({ x, filter }, attrs, backend) => {
    if (!x || !filter) throw new Error('DepthwiseConv2dNative needs x and filter');
    return withRepeated(x, filter.shape[3] ?? 1, backend, (wide) => forward(simd, wide, filter, attrs, backend));
  });
  registerWasmKernel<ConvAttrs & { inputShape: Shape4 }>(
    'DepthwiseConv2dNativeBackpropInput',
    () => (inputs, attrs, backend) => {
      const { dy, filter } = inputs;
      if (!dy || !filter) throw new Error('DepthwiseConv2dNativeBackpropInput needs dy and filter');
      const multiplier = filter.shape[3] ?? 1;
      return folded(toInput(simd, dy, filter, attrs, backend), multiplier, backend);
    },
  );
  registerWasmKernel<ConvAttrs & { filterShape: Shape4 }>(
    'DepthwiseConv2dNativeBackpropFilter',
    () => (inputs, attrs, backend) => {
      const { x, dy } = inputs;
      if (!x || !dy) throw new Error('DepthwiseConv2dNativeBackpropFilter needs x and dy');
      return withRepeated(x, attrs.filterShape[3], backend, (wide) => toFilter(simd, wide, dy, attrs, backend));
    },
  );
}

/** The sizes once every channel has its own weights. */
function wideInfo(
  x: readonly number[],
  [height = 1, width = 1, channels = 1, multiplier = 1]: readonly number[],
  attrs: ConvAttrs,
) {
  const full = channels * multiplier;
  return convInfo([...x.slice(0, 3), full], [height, width, full, 1], attrs, true);
}

function forward(simd: Simd, x: Info, filter: Info, attrs: ConvAttrs, backend: BackendWasm): Info {
  const info = wideInfo(x.shape, filter.shape, attrs);
  const { outHeight, outWidth, outChannels } = info;
  const y = allocate(backend, info.outShape);
  const place = outChannels * 4;
  const grid = {
    source: addressOf(backend, x),
    images: info.batchSize,
    height: info.inHeight,
    width: info.inWidth,
    depth: outChannels,
    columns: outChannels,
    grid: [outHeight, outWidth],
    strides: [info.strideHeight, info.strideWidth],
    taps: tapOffsets(info),
    out: { at: addressOf(backend, y), image: outHeight * outWidth * place, line: outWidth * place, place },
  } as const;
  depthwise(simd, backend, grid, view(backend, filter));
  return y;
}

function toInput(
  simd: Simd,
  dy: Info,
  filter: Info,
  attrs: ConvAttrs & { inputShape: Shape4 },
  backend: BackendWasm,
): Info {
  const info = wideInfo(attrs.inputShape, filter.shape, attrs);
  const { inHeight, inWidth, outChannels, strideHeight, strideWidth } = info;
  const dx = allocate(backend, info.inShape);
  const place = outChannels * 4;
  for (const { y, x, grid, taps } of inputClasses(info)) {
    const pass = {
      source: addressOf(backend, dy),
      images: info.batchSize,
      height: info.outHeight,
      width: info.outWidth,
      depth: outChannels,
      columns: outChannels,
      grid,
      strides: [1, 1],
      taps,
      out: {
        at: addressOf(backend, dx) + (y * inWidth + x) * place,
        image: inHeight * inWidth * place,
        line: strideHeight * inWidth * place,
        place: strideWidth * place,
      },
    } as const;
    depthwise(simd, backend, pass, view(backend, filter));
  }
  return dx;
}

/** Pictures are added up in this many parts, on as many threads; the same number everywhere, so that sums are too. */
const PARTS = 16;

function toFilter(
  simd: Simd,
  x: Info,
  dy: Info,
  attrs: ConvAttrs & { filterShape: Shape4 },
  backend: BackendWasm,
): Info {
  const info = wideInfo(x.shape, attrs.filterShape, attrs);
  const dw = allocate(backend, attrs.filterShape);
  const taps = tapOffsets(info);
  const size = taps.length * info.outChannels;
  const block = Math.max(1, Math.ceil(info.batchSize / PARTS));
  const blocks = Math.ceil(info.batchSize / block);
  const shapeBytes = 48 + taps.length * 8;
  withScratch(backend, shapeBytes + blocks * size * 4, (shape) => {
    const sums = shape + shapeBytes;
    new Int32Array(simd.memory.buffer, shape, shapeBytes / 4).set([
      info.batchSize,
      info.outHeight,
      info.outWidth,
      info.strideHeight,
      info.strideWidth,
      info.inHeight,
      info.inWidth,
      info.outChannels,
      taps.length,
      ...taps.flatMap((tap) => [tap.y, tap.x]),
    ]);
    simd.run('depthwiseFilter', blocks, 1, shape, block, addressOf(backend, x), addressOf(backend, dy), sums);
    view(backend, dw).set(addBlocks(new Float32Array(simd.memory.buffer, sums, blocks * size), size));
  });
  return dw;
}

/** x with each channel `times` times in a row; x itself for once. */
function withRepeated(x: Info, times: number, backend: BackendWasm, use: (wide: Info) => Info): Info {
  if (times === 1) return use(x);
  const wide = allocate(backend, [...x.shape.slice(0, 3), (x.shape[3] ?? 1) * times]);
  const [source, target] = [view(backend, x), view(backend, wide)];
  for (let i = 0; i < source.length; i++) target.fill(source[i] as number, i * times, (i + 1) * times);
  const result = use(wide);
  backend.disposeData(wide.dataId);
  return result;
}

/** The sums of every `times` neighbouring channels. Takes over what it was given. */
function folded(wide: Info, times: number, backend: BackendWasm): Info {
  if (times === 1) return wide;
  const sums = allocate(backend, [...wide.shape.slice(0, 3), (wide.shape[3] ?? times) / times]);
  const [source, target] = [view(backend, wide), view(backend, sums)];
  for (let i = 0; i < target.length; i++) {
    let sum = 0;
    for (let j = 0; j < times; j++) sum += source[i * times + j] as number;
    target[i] = sum;
  }
  backend.disposeData(wide.dataId);
  return sums;
}
