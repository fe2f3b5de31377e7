import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { LAYER_NORM_GRAD_KERNEL, LAYER_NORM_KERNEL } from '../../../build/layers/fusedLayerNorm.ts';
import { allocate, type Info, type Inputs, view } from './heap.ts';

/**
 * Layer normalisation of the rows of a matrix and its gradient in closed form (Ba et al. 2016): each row is read two times and written
 * once, while it is in the cache. Sums are kept in double precision.
 */
export function registerLayerNorm(): void {
  tf.registerKernel({
    kernelName: LAYER_NORM_KERNEL,
    backendName: 'wasm',
    kernelFunc: ({ inputs, attrs, backend }) =>
      forward(inputs as Inputs, (attrs as { epsilon?: number }).epsilon ?? 0, backend as unknown as BackendWasm),
  });
  tf.registerKernel({
    kernelName: LAYER_NORM_GRAD_KERNEL,
    backendName: 'wasm',
    kernelFunc: ({ inputs, backend }) => backward(inputs as Inputs, backend as unknown as BackendWasm),
  });
}

function forward({ x, gamma, beta }: Inputs, epsilon: number, backend: BackendWasm): Info[] {
  if (!x || !gamma || !beta) throw new Error(`${LAYER_NORM_KERNEL} needs x, gamma and beta`);
  const [rows = 0, width = 0] = x.shape;
  const outputs = [x.shape, [rows], [rows]].map((shape) => allocate(backend, shape));
  const [xs, scale, offset] = [view(backend, x), view(backend, gamma), view(backend, beta)];
  const [ys, means, inverses] = outputs.map((info) => view(backend, info)) as [
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  for (let row = 0, start = 0; row < rows; row++, start += width) {
    let sum = 0;
    for (let c = 0; c < width; c++) sum += xs[start + c] as number;
    const mean = sum / width;
    // Around the mean, as sums of squares lose everything where the mean is large.
    let squares = 0;
    for (let c = 0; c < width; c++) {
      const centred = (xs[start + c] as number) - mean;
      squares += centred * centred;
    }
    const inverse = 1 / Math.sqrt(squares / width + epsilon);
    means[row] = mean;
    inverses[row] = inverse;
    for (let c = 0; c < width; c++)
      ys[start + c] = ((xs[start + c] as number) - mean) * inverse * (scale[c] as number) + (offset[c] as number);
  }
  return outputs;
}

function backward({ dy, x, gamma, saved0, saved1 }: Inputs, backend: BackendWasm): Info[] {
  if (!dy || !x || !gamma || !saved0 || !saved1)
    throw new Error(`${LAYER_NORM_GRAD_KERNEL} needs dy, x, gamma, the means and the inverse deviations`);
  const [rows = 0, width = 0] = x.shape;
  const outputs = [x.shape, [width], [width]].map((shape) => allocate(backend, shape));
  const [slopes, xs, scale] = [view(backend, dy), view(backend, x), view(backend, gamma)];
  const [means, inverses] = [view(backend, saved0), view(backend, saved1)];
  const [dxs, dgamma, dbeta] = outputs.map((info) => view(backend, info)) as [Float32Array, Float32Array, Float32Array];
  const [along, sums] = [new Float64Array(width), new Float64Array(width)];
  for (let row = 0, start = 0; row < rows; row++, start += width) {
    const [mean, inverse] = [means[row] as number, inverses[row] as number];
    let [level, projection] = [0, 0];
    for (let c = 0; c < width; c++) {
      const slope = slopes[start + c] as number;
      const normal = ((xs[start + c] as number) - mean) * inverse;
      sums[c] = (sums[c] as number) + slope;
      along[c] = (along[c] as number) + slope * normal;
      level += slope * (scale[c] as number);
      projection += slope * (scale[c] as number) * normal;
    }
    level /= width;
    projection /= width;
    for (let c = 0; c < width; c++) {
      const normal = ((xs[start + c] as number) - mean) * inverse;
      const slope = (slopes[start + c] as number) * (scale[c] as number);
      dxs[start + c] = (slope - level - normal * projection) * inverse;
    }
  }
  dgamma.set(along);
  dbeta.set(sums);
  return outputs;
}
