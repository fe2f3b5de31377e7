import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { LAYER_NORM_GRAD_KERNEL, LAYER_NORM_KERNEL } from '../../../model/layers/fusedLayerNorm.ts';
import type { Simd } from '../simd.ts';
import { addBlocks, blockRows, PASS } from './columnTotals.ts';
import { addressOf, allocate, type Info, type Inputs, registerWasmKernel, view, withScratch } from './heap.ts';

/** Layer normalisation of the rows of a matrix and its gradient in closed form (Ba et al. 2016), row by row. */
export function registerLayerNorm(simd: Simd): void {
  registerWasmKernel<{ epsilon?: number }, Info[]>(LAYER_NORM_KERNEL, () => ({ x, gamma, beta }, attrs, backend) => {
    if (!x || !gamma || !beta) throw new Error(`${LAYER_NORM_KERNEL} needs x, gamma and beta`);
    const [rows = 0, width = 0] = x.shape;
    const outputs = [x.shape, [rows], [rows]].map((shape) => allocate(backend, shape));
    const [source, scale, offset, ...targets] = [x, gamma, beta, ...outputs].map((info) => addressOf(backend, info));
    const given = [source ?? 0, width, scale ?? 0, offset ?? 0, attrs.epsilon ?? 0];
    simd.run('layerNorm', rows, Math.ceil(PASS / Math.max(1, width)), ...given, ...targets);
    return outputs;
  });
  registerWasmKernel<object, Info[]>(
    LAYER_NORM_GRAD_KERNEL,
    () => (inputs, _, backend) => backward(simd, inputs, backend),
  );
}

function backward(simd: Simd, { dy, x, gamma, saved0, saved1 }: Inputs, backend: BackendWasm): Info[] {
  if (!dy || !x || !gamma || !saved0 || !saved1)
    throw new Error(`${LAYER_NORM_GRAD_KERNEL} needs dy, x, gamma, the means and the inverse deviations`);
  const [rows = 0, width = 0] = x.shape;
  const [dx, dgamma, dbeta] = [x.shape, [width], [width]].map((shape) => allocate(backend, shape)) as [
    Info,
    Info,
    Info,
  ];
  const block = blockRows(width);
  const blocks = Math.ceil(rows / block);
  withScratch(backend, blocks * width * 8, (sums) => {
    const [slopes, source] = [addressOf(backend, dy), addressOf(backend, x)];
    const factors = [gamma, saved0, saved1, dx].map((info) => addressOf(backend, info));
    simd.run('layerNormGrad', blocks, 2, slopes, source, rows, width, block, ...factors, sums);
    const totals = addBlocks(new Float32Array(simd.memory.buffer, sums, blocks * width * 2), width * 2);
    view(backend, dgamma).set(totals.subarray(0, width));
    view(backend, dbeta).set(totals.subarray(width));
  });
  return [dx, dgamma, dbeta];
}
