import { slice_util, util } from '@tensorflow/tfjs-core';
import { allocate, registerWasmKernel, view } from './heap.ts';

/**
 * Slice and Tile by whole runs inside the heap. The stock ones copy the whole input out first, and Tile goes element by element
 * through an index calculation.
 */
export function registerSliceAndTile(): void {
  registerWasmKernel<{ begin: number | number[]; size: number | number[] }>(
    'Slice',
    (stock) => (inputs, attrs, backend) => {
      const { x } = inputs;
      if (!x) throw new Error('Slice needs x');
      if (x.dtype !== 'float32' && x.dtype !== 'int32') return stock(inputs, attrs, backend);
      const parsed = slice_util.parseSliceParams(x, attrs.begin, attrs.size);
      const [begin = [], size = []] = parsed;
      const out = allocate(backend, size, x.dtype);
      copySlice(view(backend, x), x.shape, begin, size, view(backend, out));
      return out;
    },
  );
  registerWasmKernel<{ reps: number[] }>('Tile', (stock) => (inputs, attrs, backend) => {
    const { x } = inputs;
    if (!x) throw new Error('Tile needs x');
    if (x.dtype !== 'float32' && x.dtype !== 'int32') return stock(inputs, attrs, backend);
    const shape = x.shape.map((n, axis) => n * (attrs.reps[axis] ?? 1));
    const out = allocate(backend, shape, x.dtype);
    tile(view(backend, x), x.shape, attrs.reps, view(backend, out));
    return out;
  });
}

function copySlice(
  x: Float32Array,
  shape: readonly number[],
  begin: readonly number[],
  size: readonly number[],
  out: Float32Array,
): void {
  if (out.length === 0) return;
  // Axes taken whole at the end form one run together with the first axis that is cut.
  let cut = shape.length - 1;
  while (cut > 0 && size[cut] === shape[cut]) cut--;
  const strides = util.computeStrides([...shape, 1]);
  const run = util.sizeFromShape(size.slice(Math.max(cut, 0)));
  const start = begin.reduce((sum, b, axis) => sum + b * (strides[axis] ?? 1), 0);
  const outer = size.slice(0, Math.max(cut, 0));
  const index = outer.map(() => 0);
  let source = start;
  for (let target = 0; target < out.length; target += run) {
    if (run < 32) for (let i = 0; i < run; i++) out[target + i] = x[source + i] as number;
    else out.set(x.subarray(source, source + run), target);
    for (let axis = outer.length - 1; axis >= 0; axis--) {
      const next = (index[axis] ?? 0) + 1;
      const stride = strides[axis] ?? 1;
      if (next < (outer[axis] ?? 1)) {
        index[axis] = next;
        source += stride;
        break;
      }
      index[axis] = 0;
      source -= stride * (next - 1);
    }
  }
}

/** Builds the result from the last axis outwards, each time doubling runs that are already there. */
function tile(x: Float32Array, shape: readonly number[], reps: readonly number[], out: Float32Array): void {
  const strides = util.computeStrides([...shape, 1]);
  const outStrides = util.computeStrides([...shape.map((n, axis) => n * (reps[axis] ?? 1)), 1]);
  const fill = (axis: number, source: number, target: number): void => {
    const count = shape[axis] ?? 1;
    const step = outStrides[axis] ?? 1;
    if (axis >= shape.length - 1) for (let i = 0; i < count; i++) out[target + i] = x[source + i] as number;
    else for (let i = 0; i < count; i++) fill(axis + 1, source + i * (strides[axis] ?? 1), target + i * step);
    const run = count * step;
    const total = run * (reps[axis] ?? 1);
    if (run === 1) out.fill(out[target] as number, target, target + total);
    else
      for (let done = run; done < total; done *= 2)
        out.copyWithin(target + done, target, target + Math.min(done, total - done));
  };
  if (out.length > 0) fill(0, 0, 0);
}
