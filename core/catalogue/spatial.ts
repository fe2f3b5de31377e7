import { formatShape, type Shape } from '../tensor/index.ts';
import type { Inference, InferenceFailure, Suggestion } from './defineLayer.ts';
import { largestDivisor } from './divisors.ts';

/** What slides over the map: one entry an axis in each list. */
export interface Window {
  readonly size: readonly number[];
  readonly strides: readonly number[];
  readonly dilation: readonly number[];
  readonly padding: 'valid' | 'same' | 'causal';
}

/** How many axes a window slides over. Inputs have the channels besides. */
export type SpatialRank = 1 | 2 | 3;

export const AXIS_NAMES: { readonly [R in SpatialRank]: readonly string[] } = {
  1: ['length'],
  2: ['height', 'width'],
  3: ['depth', 'height', 'width'],
};

/** What inputs with that many spatial axes are called: one of them, several, and with their axes. */
export const SPACES = {
  1: { one: 'sequence', many: 'sequences', axes: 'a sequence (length×channels)' },
  2: { one: 'map', many: 'maps', axes: 'maps (height×width×channels)' },
  3: { one: 'volume', many: 'volumes', axes: 'volumes (depth×height×width×channels)' },
} as const;

/** Output size along each axis, or why there is none, with the sum worked out. `sizes` are the spatial axes of the input. */
export function slide(
  title: string,
  sizes: readonly number[],
  window: Window,
  sizeParam: 'kernelSize' | 'poolSize',
): { ok: true; sizes: readonly number[]; arithmetic: readonly string[] } | { ok: false; failure: InferenceFailure } {
  const names = Object.values(AXIS_NAMES).find(({ length }) => length === sizes.length) ?? [];
  const axes = sizes.map((n, i) => ({
    n,
    name: names[i] ?? '',
    f: window.size[i] ?? 1,
    s: window.strides[i] ?? 1,
    d: window.dilation[i] ?? 1,
  }));
  const tooSmall = axes.find(({ n, f, d }) => window.padding === 'valid' && reach(f, d) > n);
  if (tooSmall !== undefined) return { ok: false, failure: windowTooLarge(title, tooSmall, sizes, window, sizeParam) };
  const results = axes.map(({ n, f, s, d }) =>
    window.padding === 'valid' ? Math.floor((n - reach(f, d)) / s) + 1 : Math.ceil(n / s),
  );
  return { ok: true, sizes: results, arithmetic: arithmetic(axes, results, window.padding) };
}

interface Axis {
  readonly n: number;
  readonly name: string;
  readonly f: number;
  readonly s: number;
  readonly d: number;
}

/** Input positions that a window of f taps, d apart, covers. */
const reach = (f: number, d: number) => (f - 1) * d + 1;

/** One worked line for all axes where they agree, else one an axis, headed by the formula. */
function arithmetic(axes: readonly Axis[], results: readonly number[], padding: Window['padding']): readonly string[] {
  const dilated = axes.some(({ d }) => d > 1);
  const formula =
    padding === 'valid'
      ? dilated
        ? '⌊(n + 2p − d·(f − 1) − 1) / s⌋ + 1, p = 0'
        : '⌊(n + 2p − f) / s⌋ + 1, p = 0'
      : '⌈n / s⌉';
  const worked = axes.map(({ n, f, s, d }, i) => {
    const result = results[i] ?? 0;
    if (padding === 'valid')
      return dilated
        ? `⌊(${n} + 2·0 − ${d}·(${f} − 1) − 1) / ${s}⌋ + 1 = ${result}`
        : `⌊(${n} + 2·0 − ${f}) / ${s}⌋ + 1 = ${result}`;
    return `⌈${n} / ${s}⌉ = ${result}; ${padsOf(n, f, s, d, result, padding)}`;
  });
  const [first = ''] = worked;
  const lines = worked.every((line) => line === first) ? [first] : worked.map((line, i) => `${axes[i]?.name}: ${line}`);
  return [formula, ...lines];
}

/** TensorFlow's rule for 'same': the odd pixel of padding goes after. */
function padsOf(n: number, f: number, s: number, d: number, result: number, padding: Window['padding']): string {
  if (padding === 'causal') return `p = ${(f - 1) * d} before, 0 after`;
  const total = Math.max((result - 1) * s + reach(f, d) - n, 0);
  const before = Math.floor(total / 2);
  return before === total - before ? `p = ${before}` : `p = ${before} before, ${total - before} after`;
}

function windowTooLarge(
  title: string,
  { n, name, f, d }: Axis,
  sizes: readonly number[],
  window: Window,
  sizeParam: 'kernelSize' | 'poolSize',
): InferenceFailure {
  const what = sizeParam === 'kernelSize' ? 'kernel' : 'window';
  const span = reach(f, d);
  const covers =
    d > 1 ? `a ${what} of ${f} dilated by ${d} covers ${d}·(${f} − 1) + 1 = ${span}` : `the ${what} covers ${f}`;
  const fitting = window.size.map((size, i) => {
    const [space, dilation] = [sizes[i] ?? 1, window.dilation[i] ?? 1];
    return Math.max(1, Math.min(size, Math.floor((space - 1) / dilation) + 1));
  });
  const fix: Suggestion[] = [
    { kind: 'setParam', param: 'padding', value: 'same', label: 'Set padding to same' },
    { kind: 'setParam', param: sizeParam, value: fitting, label: `Shrink the ${what} to ${fitting.join('×')}` },
  ];
  return {
    code: 'window-too-large',
    title: sizeParam === 'kernelSize' ? 'Kernel too large' : 'Window too large',
    message: `${title} without padding needs its ${what} to fit into the input, but along the ${name} ${covers} positions and the input has ${n}: ⌊(${n} − ${span}) / s⌋ + 1 is below 1. Set padding to same or make the ${what} smaller.`,
    param: sizeParam,
    facts: { n, f, d, span, axis: name },
    suggestions: fix,
  };
}

/** Checks the input of a layer that slides over this many axes, with the channels behind them. Null when it is right. */
export function wrongRank(title: string, input: Shape, axes: SpatialRank): (Inference & { ok: false }) | null {
  const rank = axes + 1;
  if (input.length === rank) return null;
  return {
    ok: false,
    failure: {
      code: 'rank-mismatch',
      title: 'Input rank',
      message: `${title} works on ${SPACES[axes].axes}, an input of rank ${rank}, but gets ${formatShape(input)}, ${describeRank(input)}. ${advice(input, rank)}`,
      facts: { wanted: rank, rank: input.length, shape: [...input] },
      suggestions: reshapes(input, rank),
    },
  };
}

function describeRank(input: Shape): string {
  return ['a single number', 'a vector', 'rank 2', 'rank 3', 'rank 4'][input.length] ?? `rank ${input.length}`;
}

function advice(input: Shape, rank: number): string {
  if (input.length === 1) return 'Put it before the layer that flattens, or reshape the vector first.';
  if (input.length === rank - 1) return 'Reshape it to add an axis.';
  if (input.length === 0 || input.length > 4) return 'Reshape it.';
  return `Use the ${input.length - 1}D layer of that name${input.length === 4 ? ', if there is one,' : ','} or reshape it.`;
}

/**
 * Shapes with the same values and the wanted rank, the likeliest first: a channel axis added; a vector laid out as a square, or as near to
 * one as it goes; the rows of a map, or its positions, as the steps of a sequence.
 */
function reshapes(input: Shape, rank: number): readonly Suggestion[] {
  return targets(input, rank).map((targetShape) => ({
    kind: 'insertBefore',
    input: 0,
    type: 'Reshape',
    params: { targetShape },
    label: `Reshape to ${formatShape(targetShape)}`,
  }));
}

function targets(input: Shape, rank: number): number[][] {
  if (input.length === rank - 1) return [[...input, 1]];
  const [n = 1] = input;
  if (input.length < rank) {
    const ones = Array.from({ length: rank - 2 }, () => 1);
    if (input.length === 2) return [[n, ...ones, input[1] ?? 1]];
    const height = largestDivisor(n, Math.sqrt(n));
    return [[height, n / height, ...ones]];
  }
  const together = (sizes: Shape) => sizes.reduce((product, size) => product * size, 1);
  const positions = [together(input.slice(0, 1 - rank)), ...input.slice(1 - rank)];
  return input.length === 3 ? [[n, together(input.slice(1))], positions] : [positions];
}
