import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { BATCH_NORM_GRAD_KERNEL, BATCH_NORM_KERNEL } from '../../../build/layers/fusedBatchNorm.ts';
import { allocate, type Info, type Inputs, view } from './heap.ts';

/**
 * Batch normalisation with batch statistics and its gradient in closed form (Ioffe & Szegedy 2015): two passes over the data each, where
 * composing them takes a dozen kernels. Sums are kept in double precision. Formulas in build/layers/batchMoments.ts.
 */
export function registerBatchNorm(): void {
  const register = (kernelName: string, run: (inputs: Inputs, epsilon: number, backend: BackendWasm) => Info[]) =>
    tf.registerKernel({
      kernelName,
      backendName: 'wasm',
      kernelFunc: ({ inputs, attrs, backend }) =>
        run(inputs as Inputs, (attrs as { epsilon?: number }).epsilon ?? 0, backend as unknown as BackendWasm),
    });
  register(BATCH_NORM_KERNEL, forward);
  register(BATCH_NORM_GRAD_KERNEL, backward);
}

function forward({ x, gamma, beta }: Inputs, epsilon: number, backend: BackendWasm): Info[] {
  if (!x || !gamma || !beta) throw new Error(`${BATCH_NORM_KERNEL} needs x, gamma and beta`);
  const channels = x.shape.at(-1) ?? 1;
  const outputs = [x.shape, [channels], [channels], [channels]].map((shape) => allocate(backend, shape)) as Four<Info>;
  const [xs, scale, offset] = [view(backend, x), view(backend, gamma), view(backend, beta)];
  const [ys, means, variances, inverses] = outputs.map((info) => view(backend, info)) as Four<Float32Array>;
  const rows = xs.length / channels;
  const sums = new Float64Array(channels);
  for (let at = 0; at < xs.length; )
    for (let c = 0; c < channels; c++, at++) sums[c] = (sums[c] as number) + (xs[at] as number);
  for (let c = 0; c < channels; c++) means[c] = (sums[c] as number) / rows;
  // Around the mean, as sums of squares lose everything where the mean is large.
  sums.fill(0);
  for (let at = 0; at < xs.length; )
    for (let c = 0; c < channels; c++, at++) {
      const centred = (xs[at] as number) - (means[c] as number);
      sums[c] = (sums[c] as number) + centred * centred;
    }
  const [factors, shifts] = [new Float32Array(channels), new Float32Array(channels)];
  for (let c = 0; c < channels; c++) {
    const variance = (sums[c] as number) / rows;
    const inverse = 1 / Math.sqrt(variance + epsilon);
    variances[c] = variance;
    inverses[c] = inverse;
    factors[c] = inverse * (scale[c] as number);
    shifts[c] = offset[c] as number;
  }
  for (let at = 0; at < xs.length; )
    for (let c = 0; c < channels; c++, at++)
      ys[at] = ((xs[at] as number) - (means[c] as number)) * (factors[c] as number) + (shifts[c] as number);
  const [y, mean, variance, inverse] = outputs;
  return [y, mean, variance, copy(mean, backend), inverse];
}

/** The mean once more: what the gradient keeps must outlive what the moving averages were given. */
function copy(info: Info, backend: BackendWasm): Info {
  const made = allocate(backend, info.shape);
  view(backend, made).set(view(backend, info));
  return made;
}

function backward({ dy, x, gamma, saved0, saved1 }: Inputs, _: number, backend: BackendWasm): Info[] {
  if (!dy || !x || !gamma || !saved0 || !saved1)
    throw new Error(`${BATCH_NORM_GRAD_KERNEL} needs dy, x, gamma, the mean and the inverse deviation`);
  const channels = x.shape.at(-1) ?? 1;
  const outputs = [x.shape, [channels], [channels]].map((shape) => allocate(backend, shape));
  const [dys, xs, scale] = [view(backend, dy), view(backend, x), view(backend, gamma)];
  const [means, inverses] = [view(backend, saved0), view(backend, saved1)];
  const [dxs, dgamma, dbeta] = outputs.map((info) => view(backend, info)) as [Float32Array, Float32Array, Float32Array];
  const rows = xs.length / channels;
  const [along, sums] = [new Float64Array(channels), new Float64Array(channels)];
  for (let at = 0; at < xs.length; )
    for (let c = 0; c < channels; c++, at++) {
      const slope = dys[at] as number;
      sums[c] = (sums[c] as number) + slope;
      along[c] = (along[c] as number) + slope * ((xs[at] as number) - (means[c] as number));
    }
  // dx = a · dy + b · (x − mean) + d, channel by channel.
  const [a, b, d] = [new Float32Array(channels), new Float32Array(channels), new Float32Array(channels)];
  for (let c = 0; c < channels; c++) {
    const inverse = inverses[c] as number;
    const factor = inverse * (scale[c] as number);
    dgamma[c] = (along[c] as number) * inverse;
    dbeta[c] = sums[c] as number;
    a[c] = factor;
    b[c] = (-factor * inverse * inverse * (along[c] as number)) / rows;
    d[c] = (-factor * (sums[c] as number)) / rows;
  }
  for (let at = 0; at < xs.length; )
    for (let c = 0; c < channels; c++, at++)
      dxs[at] =
        (a[c] as number) * (dys[at] as number) +
        (b[c] as number) * ((xs[at] as number) - (means[c] as number)) +
        (d[c] as number);
  return outputs;
}

type Four<T> = [T, T, T, T];
