import { allocate, registerWasmKernel, view } from './heap.ts';

interface Attrs {
  axis: number;
  batchDims: number;
}

/** Rows by index along the first axis, copied whole: every batch is taken so. The stock kernel works out each element's place. */
export function registerGather(): void {
  registerWasmKernel<Attrs>('GatherV2', (stock) => (inputs, attrs, backend) => {
    const { x, indices } = inputs;
    if (!x || !indices) throw new Error('GatherV2 needs x and indices');
    const plain = attrs.axis === 0 && !attrs.batchDims && x.dtype === 'float32' && indices.dtype === 'int32';
    const [rows = 0, ...rest] = x.shape;
    const at = plain ? Array.from(backend.typedArrayFromHeap(indices) as unknown as Int32Array) : [];
    // The stock kernel says what is wrong with an index out of range.
    if (!plain || at.some((index) => index < 0 || index >= rows)) return stock(inputs, attrs, backend);
    const taken = allocate(backend, [...indices.shape, ...rest]);
    const [source, target] = [view(backend, x), view(backend, taken)];
    const size = rest.reduce((a, b) => a * b, 1);
    at.forEach((index, i) => {
      target.set(source.subarray(index * size, (index + 1) * size), i * size);
    });
    return taken;
  });
}
