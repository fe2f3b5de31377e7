import { type Composer, replaceKernel } from './compose.ts';

/** Shaders of the stock kernels address at most so many axes. */
const STOCK_RANK = 4;

const NONE = [0, 0];

interface SliceAttrs {
  readonly begin: readonly number[] | number;
  /** -1: up to the end. */
  readonly size: readonly number[] | number;
}
interface PadAttrs {
  readonly paddings: readonly (readonly [before: number, after: number])[];
  readonly constantValue: number;
}

/** Slicing and padding beyond four axes: one axis after another, each as the middle one of three. */
export function registerHighRank(): void {
  const isHigh = (x: { shape: number[] } | undefined): boolean => (x?.shape.length ?? 0) > STOCK_RANK;
  replaceKernel<SliceAttrs>(
    'Slice',
    ({ x }) => isHigh(x),
    ({ x }, { begin, size }, composer) => {
      if (!x) throw new Error('Slice needs x');
      return axisByAxis(composer, x, (axis, length) => {
        const from = (typeof begin === 'number' ? (axis === 0 ? begin : 0) : begin[axis]) ?? 0;
        const wanted = (typeof size === 'number' ? (axis === 0 ? size : -1) : size[axis]) ?? -1;
        const count = wanted < 0 ? length - from : wanted;
        if (from === 0 && count === length) return null;
        return {
          length: count,
          apply: (flat, outer, inner) =>
            composer.run('Slice', { x: flat }, { begin: [0, from, 0], size: [outer, count, inner] }),
        };
      });
    },
  );
  replaceKernel<PadAttrs>(
    'PadV2',
    ({ x }) => isHigh(x),
    ({ x }, { paddings, constantValue }, composer) => {
      if (!x) throw new Error('PadV2 needs x');
      return axisByAxis(composer, x, (axis, length) => {
        const [before, after] = paddings[axis] ?? [0, 0];
        if (before + after === 0) return null;
        return {
          length: before + length + after,
          apply: (flat) =>
            composer.run('PadV2', { x: flat }, { paddings: [NONE, [before, after], NONE], constantValue }),
        };
      });
    },
  );
}

type Info = ReturnType<Composer['run']>;
interface AxisStep {
  /** The axis's new length. */
  readonly length: number;
  apply(flat: Info, outer: number, inner: number): Info;
}

function axisByAxis(composer: Composer, x: Info, stepOf: (axis: number, length: number) => AxisStep | null): Info {
  const shape = [...x.shape];
  let result = x;
  for (let axis = 0; axis < shape.length; axis++) {
    const length = shape[axis] ?? 1;
    const step = stepOf(axis, length);
    if (!step) continue;
    const outer = product(shape.slice(0, axis));
    const inner = product(shape.slice(axis + 1));
    result = step.apply(composer.reshape(result, [outer, length, inner]), outer, inner);
    shape[axis] = step.length;
  }
  return composer.reshape(result, shape);
}

function product(lengths: readonly number[]): number {
  return lengths.reduce((a, b) => a * b, 1);
}
