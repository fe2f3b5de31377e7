import { allocate, registerWasmKernel, view } from './heap.ts';

/**
 * PReLU with slopes of any shape that stretches to the input's. The stock kernel takes the slopes one after the other, whatever their shape,
 * so that it is wrong where one serves several positions of the last axes: silently, beyond the end of the slopes.
 */
export function registerPrelu(): void {
  registerWasmKernel('Prelu', (stock) => (inputs, attrs, backend) => {
    const { x, alpha } = inputs;
    if (!x || !alpha) throw new Error('Prelu needs x and alpha');
    const own = withoutLeadingOnes(alpha.shape);
    const last = x.shape.slice(x.shape.length - own.length);
    if (own.every((size, axis) => size === last[axis])) return stock(inputs, attrs, backend);
    const slopes = allocate(backend, last);
    const [given, all] = [view(backend, alpha), view(backend, slopes)];
    const steps = stridesOf(own);
    for (let i = 0; i < all.length; i++) {
      let [rest, at] = [i, 0];
      for (let axis = last.length - 1; axis >= 0; axis--) {
        const size = last[axis] ?? 1;
        if (own[axis] !== 1) at += (rest % size) * (steps[axis] ?? 0);
        rest = Math.floor(rest / size);
      }
      all[i] = given[at] ?? 0;
    }
    const result = stock({ x, alpha: slopes }, attrs, backend);
    backend.disposeData(slopes.dataId);
    return result;
  });
}

function withoutLeadingOnes(shape: readonly number[]): readonly number[] {
  const first = shape.findIndex((size) => size !== 1);
  return first < 0 ? shape.slice(-1) : shape.slice(first);
}

/** How far apart neighbours along each axis are. */
function stridesOf(shape: readonly number[]): readonly number[] {
  return shape.map((_, axis) => shape.slice(axis + 1).reduce((a, b) => a * b, 1));
}
