import { allocate, registerWasmKernel, view } from './heap.ts';

/** Sums slices that share a segment number: the gradient of an embedding's look-up. Negative numbers are left out, as in TensorFlow. */
export function registerUnsortedSegmentSum(): void {
  registerWasmKernel<{ numSegments: number }>('UnsortedSegmentSum', () => (inputs, { numSegments }, backend) => {
    const { x, segmentIds } = inputs;
    if (!x || !segmentIds) throw new Error('UnsortedSegmentSum needs x and segmentIds');
    const inner = x.shape.slice(segmentIds.shape.length);
    const out = allocate(backend, [numSegments, ...inner], x.dtype);
    const [values, ids, sums] = [view(backend, x), view(backend, segmentIds), view(backend, out)];
    sums.fill(0);
    const width = inner.reduce((product, n) => product * n, 1);
    for (let i = 0; i < ids.length; i++) {
      const segment = ids[i] as number;
      if (segment < 0 || segment >= numSegments) continue;
      const from = i * width;
      const to = segment * width;
      for (let j = 0; j < width; j++) sums[to + j] = (sums[to + j] as number) + (values[from + j] as number);
    }
    return out;
  });
}
