import { backend_util } from '@tensorflow/tfjs-core';
import { averagePoolGradient, type PoolAttrs, type PoolInfo } from '../../sharedKernels/averagePoolGradient.ts';
import { allocate, registerWasmKernel, view } from './heap.ts';

/** Gradients of 2-D pooling. The stock ones copy their inputs out of the heap and go through nested accessors. */
export function registerPoolGrad(): void {
  registerWasmKernel<PoolAttrs>('MaxPoolGrad', () => (inputs, attrs, backend) => {
    const { dy, input } = inputs;
    if (!dy || !input) throw new Error('MaxPoolGrad needs dy and input');
    const info = poolInfo(input.shape, attrs);
    const dx = allocate(backend, input.shape);
    const target = view(backend, dx);
    target.fill(0);
    maxPoolGradient(view(backend, input), view(backend, dy), info, target);
    return dx;
  });
  registerWasmKernel<PoolAttrs>('AvgPoolGrad', () => (inputs, attrs, backend) => {
    const { dy, input } = inputs;
    if (!dy || !input) throw new Error('AvgPoolGrad needs dy and input');
    const info = poolInfo(input.shape, attrs);
    const dx = allocate(backend, input.shape);
    const target = view(backend, dx);
    target.fill(0);
    averagePoolGradient(view(backend, dy), info, target);
    return dx;
  });
}

function poolInfo(shape: readonly number[], attrs: PoolAttrs): PoolInfo {
  const { filterSize, strides, pad, dimRoundingMode } = attrs;
  return backend_util.computePool2DInfo(
    shape as [number, number, number, number],
    filterSize,
    strides,
    1,
    pad,
    dimRoundingMode,
  );
}

/** Sends each output's gradient to the first largest input of its window. */
function maxPoolGradient(x: Float32Array, dy: Float32Array, info: PoolInfo, dx: Float32Array): void {
  const { batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, padInfo } = info;
  let at = 0;
  for (let n = 0; n < batchSize; n++)
    for (let oh = 0; oh < outHeight; oh++) {
      const top = Math.max(0, oh * info.strideHeight - padInfo.top);
      const bottom = Math.min(inHeight, oh * info.strideHeight - padInfo.top + info.filterHeight);
      for (let ow = 0; ow < outWidth; ow++) {
        const left = Math.max(0, ow * info.strideWidth - padInfo.left);
        const right = Math.min(inWidth, ow * info.strideWidth - padInfo.left + info.filterWidth);
        for (let c = 0; c < inChannels; c++, at++) {
          let best = ((n * inHeight + top) * inWidth + left) * inChannels + c;
          for (let ih = top; ih < bottom; ih++) {
            let i = ((n * inHeight + ih) * inWidth + left) * inChannels + c;
            for (let iw = left; iw < right; iw++, i += inChannels) if ((x[i] as number) > (x[best] as number)) best = i;
          }
          dx[best] = (dx[best] as number) + (dy[at] as number);
        }
      }
    }
}
