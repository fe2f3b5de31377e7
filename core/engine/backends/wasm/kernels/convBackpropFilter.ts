import { backend_util } from '@tensorflow/tfjs-core';
import { allocate, registerWasmKernel, reshaped, runKernel, view } from './heap.ts';
import { im2colTransposed, patchRows, samplesPerChunk } from './im2col.ts';

interface Attrs {
  strides: [number, number] | number;
  pad: 'valid' | 'same' | number | backend_util.ExplicitPadding;
  dataFormat: 'NHWC' | 'NCHW';
  dimRoundingMode?: 'floor' | 'round' | 'ceil';
  filterShape: [number, number, number, number];
}

/**
 * Gradient of a convolution's kernel, which the stock backend lacks: dW = patchesᵀ · dy, as one matrix product for each chunk of the
 * batch.
 */
export function registerConvBackpropFilter(): void {
  registerWasmKernel<Attrs>('Conv2DBackpropFilter', () => (inputs, attrs, backend) => {
    const { x, dy } = inputs;
    if (!x || !dy) throw new Error('Conv2DBackpropFilter needs x and dy');
    if (attrs.dataFormat !== 'NHWC')
      throw new Error(`Conv2DBackpropFilter: data format ${attrs.dataFormat} is not supported`);
    const info = backend_util.computeConv2DInfo(
      x.shape as [number, number, number, number],
      attrs.filterShape,
      attrs.strides,
      1,
      attrs.pad,
      attrs.dimRoundingMode,
    );
    const rows = patchRows(info);
    const pixels = info.outHeight * info.outWidth;
    const chunk = samplesPerChunk(info);
    const sum = allocate(backend, attrs.filterShape);
    const single = chunk === info.batchSize;
    if (!single) view(backend, sum).fill(0);
    for (let from = 0; from < info.batchSize; from += chunk) {
      const to = Math.min(info.batchSize, from + chunk);
      const patches = allocate(backend, [1, rows, (to - from) * pixels]);
      im2colTransposed(view(backend, x), info, from, to, view(backend, patches));
      const part = single ? dy : allocate(backend, [1, (to - from) * pixels, info.outChannels]);
      if (!single) {
        const stride = pixels * info.outChannels;
        view(backend, part).set(view(backend, dy).subarray(from * stride, to * stride));
      }
      const product = runKernel(
        'BatchMatMul',
        { a: patches, b: reshaped(part, [1, (to - from) * pixels, info.outChannels]) },
        { transposeA: false, transposeB: false },
        backend,
      );
      backend.disposeData(patches.dataId);
      if (!single) backend.disposeData(part.dataId);
      if (single) {
        backend.disposeData(sum.dataId);
        return reshaped(product, attrs.filterShape);
      }
      const total = view(backend, sum);
      const addend = view(backend, product);
      for (let i = 0; i < total.length; i++) total[i] = (total[i] as number) + (addend[i] as number);
      backend.disposeData(product.dataId);
    }
    return sum;
  });
}
