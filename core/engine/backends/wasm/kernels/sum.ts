import { util } from '@tensorflow/tfjs-core';
import type { Simd } from '../simd.ts';
import { columnTotals } from './columnTotals.ts';
import { addressOf, allocate, registerWasmKernel, view } from './heap.ts';

interface Attrs {
  axis: number | number[];
  keepDims: boolean;
}

/** Sums over leading axes, such as a bias's gradient, line by line. The stock kernel transposes first. */
export function registerSum(simd: Simd): void {
  registerWasmKernel<Attrs>('Sum', (stock) => (inputs, attrs, backend) => {
    const { x } = inputs;
    if (!x) throw new Error('Sum needs x');
    const axes = util.parseAxisParam(attrs.axis, x.shape).sort((a, b) => a - b);
    const rest = x.shape.slice(axes.length);
    const leading = axes.length < x.shape.length && axes.every((axis, i) => axis === i);
    if (x.dtype !== 'float32' || axes.length === 0 || !leading) return stock(inputs, attrs, backend);
    const rows = x.shape.slice(0, axes.length).reduce((a, b) => a * b, 1);
    const columns = rest.reduce((a, b) => a * b, 1);
    const out = allocate(backend, attrs.keepDims ? [...axes.map(() => 1), ...rest] : rest);
    const given = { kernel: 'columnSums', of: [addressOf(backend, x)] } as const;
    view(backend, out).set(columnTotals(simd, backend, given, rows, columns));
    return out;
  });
}
