import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { BATCH_NORM_GRAD_KERNEL, BATCH_NORM_KERNEL } from '../../../model/layers/fusedBatchNorm.ts';
import type { Simd } from '../simd.ts';
import { columnTotals, PASS } from './columnTotals.ts';
import { addressOf, allocate, type Info, type Inputs, registerWasmKernel, view, withScratch } from './heap.ts';

type Run = (simd: Simd, inputs: Inputs, epsilon: number, backend: BackendWasm) => Info[];

/**
 * Batch normalisation with batch statistics and its gradient in closed form (Ioffe & Szegedy 2015): three passes there and two
 * back, where composing them takes a dozen kernels. Formulas in build/layers/batchMoments.ts.
 */
export function registerBatchNorm(simd: Simd): void {
  const register = (name: string, run: Run) =>
    registerWasmKernel<{ epsilon?: number }, Info[]>(
      name,
      () => (inputs, attrs, backend) => run(simd, inputs, attrs.epsilon ?? 0, backend),
    );
  register(BATCH_NORM_KERNEL, forward);
  register(BATCH_NORM_GRAD_KERNEL, backward);
}

function forward(simd: Simd, { x, gamma, beta }: Inputs, epsilon: number, backend: BackendWasm): Info[] {
  if (!x || !gamma || !beta) throw new Error(`${BATCH_NORM_KERNEL} needs x, gamma and beta`);
  const channels = x.shape.at(-1) ?? 1;
  const rows = x.shape.slice(0, -1).reduce((a, b) => a * b, 1);
  const [y, mean, variance, inverse] = [x.shape, [channels], [channels], [channels]].map((shape) =>
    allocate(backend, shape),
  ) as Four<Info>;
  const [source, centre] = [addressOf(backend, x), addressOf(backend, mean)];
  const sums = columnTotals(simd, backend, { kernel: 'columnSums', of: [source] }, rows, channels);
  view(backend, mean).set(sums.map((sum) => sum / rows));
  // Around the mean, as sums of squares lose everything where the mean is large.
  const squares = columnTotals(simd, backend, { kernel: 'columnSquares', of: [source, centre] }, rows, channels);
  view(backend, variance).set(squares.map((sum) => sum / rows));
  view(backend, inverse).set(squares.map((sum) => 1 / Math.sqrt(sum / rows + epsilon)));
  withScratch(backend, channels * 4, (factors) => {
    const [scale, deviations] = [view(backend, gamma), view(backend, inverse)];
    new Float32Array(simd.memory.buffer, factors, channels).set(scale.map((value, c) => value * (deviations[c] ?? 0)));
    const step = Math.ceil(PASS / Math.max(1, channels));
    const offset = addressOf(backend, beta);
    simd.run('normalise', rows, step, source, channels, centre, factors, offset, addressOf(backend, y));
  });
  return [y, mean, variance, copy(mean, backend), inverse];
}

/** The mean once more: what the gradient keeps must outlive what the moving averages were given. */
function copy(info: Info, backend: BackendWasm): Info {
  const made = allocate(backend, info.shape);
  view(backend, made).set(view(backend, info));
  return made;
}

function backward(simd: Simd, { dy, x, gamma, saved0, saved1 }: Inputs, _: number, backend: BackendWasm): Info[] {
  if (!dy || !x || !gamma || !saved0 || !saved1)
    throw new Error(`${BATCH_NORM_GRAD_KERNEL} needs dy, x, gamma, the mean and the inverse deviation`);
  const channels = x.shape.at(-1) ?? 1;
  const rows = x.shape.slice(0, -1).reduce((a, b) => a * b, 1);
  const [dx, dgamma, dbeta] = [x.shape, [channels], [channels]].map((shape) => allocate(backend, shape)) as Three<Info>;
  const [slopes, source, centre] = [addressOf(backend, dy), addressOf(backend, x), addressOf(backend, saved0)];
  const given = { kernel: 'columnSlopes', of: [slopes, source, centre] } as const;
  const totals = columnTotals(simd, backend, given, rows, channels);
  withScratch(backend, channels * 12, (at) => {
    const [scale, inverses] = [view(backend, gamma), view(backend, saved1)];
    const [alongGamma, alongBeta] = [view(backend, dgamma), view(backend, dbeta)];
    // dx = a · dy + b · (x − mean) + d, channel by channel.
    const [a, b, d] = [0, 1, 2].map(
      (i) => new Float32Array(simd.memory.buffer, at + i * channels * 4, channels),
    ) as Three<Float32Array>;
    for (let c = 0; c < channels; c++) {
      const [sum, along, inverse] = [totals[c] ?? 0, totals[channels + c] ?? 0, inverses[c] ?? 0];
      const factor = inverse * (scale[c] ?? 0);
      alongGamma[c] = along * inverse;
      alongBeta[c] = sum;
      a[c] = factor;
      b[c] = (-factor * inverse * inverse * along) / rows;
      d[c] = (-factor * sum) / rows;
    }
    const step = Math.ceil(PASS / Math.max(1, channels));
    const factors = [a, b, d].map((values) => values.byteOffset);
    simd.run('normaliseGrad', rows, step, slopes, source, channels, centre, ...factors, addressOf(backend, dx));
  });
  return [dx, dgamma, dbeta];
}

type Three<T> = [T, T, T];
type Four<T> = [T, T, T, T];
