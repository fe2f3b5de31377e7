import { formatShape, type Shape, sameShape, sizeOf } from '../../../tensor/index.ts';
import type { SuggestedStep, Suggestion } from '../../defineLayer.ts';

/** What brings inputs of several shapes to one, so that they can be merged element by element; the likeliest first. */
export function bringToOneShape(inputs: readonly Shape[]): readonly Suggestion[] {
  const [first = []] = inputs;
  const ranks = new Set(inputs.map((shape) => shape.length));
  if (ranks.size > 1) return [...poolToVectors(inputs), vectorsOf(inputs)];
  if (first.length === 1) return [vectorsOf(inputs)];
  if (first.length !== 2 && first.length !== 3) return [vectorsOf(inputs)];
  return [...projections(inputs), ...convolutions(inputs)].slice(0, 1);
}

/** Pools every larger map or sequence to the size of the smallest, channels kept: for joining along the channels. */
export function poolToOneSize(inputs: readonly Shape[]): readonly Suggestion[] {
  const [first = []] = inputs;
  if (first.length !== 2 && first.length !== 3) return [];
  const size = smallest(inputs);
  const steps = inputs.flatMap((from, input): SuggestedStep[] => {
    if (sameShape(from.slice(0, -1), size)) return [];
    const { window, strides } = slidesTo(from, size);
    const type = first.length === 3 ? 'AveragePool2D' : 'AveragePool1D';
    return [
      {
        kind: 'insertBefore',
        input,
        type,
        params: { poolSize: window, strides, padding: 'valid' },
        label: `Pool input ${input + 1} down to ${formatShape(size)}`,
      },
    ];
  });
  return inOne(steps, `Pool all down to ${formatShape(size)}`);
}

/** Makes a vector of every input that is none. */
export function flattenAll(inputs: readonly Shape[]): Suggestion {
  const steps = inputs.flatMap((shape, input) => (shape.length === 1 ? [] : [flatten(input)]));
  const [only, ...more] = steps;
  if (only !== undefined && more.length === 0) return only;
  return { kind: 'several', steps, label: 'Insert Flatten before each' };
}

const flatten = (input: number): SuggestedStep => ({
  kind: 'insertBefore',
  input,
  type: 'Flatten',
  params: {},
  label: 'Insert Flatten',
});

const dense = (input: number, units: number): SuggestedStep => ({
  kind: 'insertBefore',
  input,
  type: 'Dense',
  params: { units },
  label: `Project to ${units} with a Dense layer`,
});

function inOne(steps: readonly SuggestedStep[], label: string): readonly Suggestion[] {
  const [only, ...more] = steps;
  if (only === undefined) return [];
  return more.length === 0 ? [only] : [{ kind: 'several', steps, label }];
}

/**
 * Projection shortcuts (He et al. 2016, option B): a 1×1 convolution with the stride that brings larger maps down to one of the shapes
 * there are. Empty when no whole-number stride does it.
 */
function projections(inputs: readonly Shape[]): readonly Suggestion[] {
  for (const to of inputs) {
    const steps = inputs.map((from, input) => (sameShape(from, to) ? null : projection(from, to, input)));
    if (steps.some((step, input) => step === null && !sameShape(inputs[input] ?? [], to))) continue;
    return inOne(
      steps.filter((step) => step !== null),
      `Insert 1×1 projections to ${formatShape(to)}`,
    );
  }
  return [];
}

/** A 1×1 convolution with the strides that bring one shape to the other; null where none are whole. */
export function projection(
  from: Shape,
  to: Shape,
  input: number,
): Extract<SuggestedStep, { kind: 'insertBefore' }> | null {
  const channels = to.at(-1) ?? 1;
  const strides = from.slice(0, -1).map((n, axis) => n / (to[axis] ?? 1));
  // 'same' padding gives ⌈n / s⌉, so a whole ratio always lands on the wanted size.
  if (!strides.every((s) => Number.isInteger(s) && s >= 1)) return null;
  const ones = strides.map(() => 1);
  const stride = strides.every((s) => s === 1) ? '' : `, stride ${strides.join('×')},`;
  return {
    kind: 'insertBefore',
    input,
    type: convolutionFor(from),
    params: { filters: channels, kernelSize: ones, strides, padding: 'same' },
    label: `Insert a ${ones.length === 1 ? '1' : ones.join('×')} projection${stride} to ${channels} channels`.replace(
      'a 1 projection',
      'a projection',
    ),
  };
}

/** Where no stride does it, convolutions without padding whose kernel takes off what is too much: from every size to every smaller one. */
function convolutions(inputs: readonly Shape[]): readonly Suggestion[] {
  const size = smallest(inputs);
  const kept = inputs.find((shape) => sameShape(shape.slice(0, -1), size));
  const channels = kept?.at(-1) ?? Math.max(...inputs.map((shape) => shape.at(-1) ?? 1));
  const to = [...size, channels];
  const steps = inputs.flatMap((from, input): SuggestedStep[] => {
    if (sameShape(from, to)) return [];
    const { window, strides } = slidesTo(from, size);
    return [
      {
        kind: 'insertBefore',
        input,
        type: convolutionFor(from),
        params: { filters: channels, kernelSize: window, strides, padding: 'valid' },
        label: `Bring input ${input + 1} to ${formatShape(to)} with a convolution (${window.join('×')})`,
      },
    ];
  });
  return inOne(steps, `Bring all to ${formatShape(to)} with convolutions`);
}

const convolutionFor = (shape: Shape) => (shape.length === 3 ? 'Conv2D' : 'Conv1D');

/** The smallest size along each spatial axis. */
function smallest(inputs: readonly Shape[]): Shape {
  const [first = []] = inputs;
  return first.slice(0, -1).map((_, axis) => Math.min(...inputs.map((shape) => shape[axis] ?? 1)));
}

/** Window and strides without padding that make just this size: ⌊(n − f) / s⌋ + 1 with f = n − s · (m − 1). */
export function slidesTo(from: Shape, size: Shape): { window: number[]; strides: number[] } {
  const strides = size.map((m, axis) => Math.max(1, Math.floor((from[axis] ?? 1) / m)));
  return { strides, window: size.map((m, axis) => (from[axis] ?? 1) - (strides[axis] ?? 1) * (m - 1)) };
}

/** Vectors beside maps: the mean of each channel is a vector too. */
function poolToVectors(inputs: readonly Shape[]): readonly Suggestion[] {
  const units = inputs.find((shape) => shape.length === 1)?.[0];
  if (units === undefined || inputs.some((shape) => shape.length > 3 || shape.length === 0)) return [];
  const steps = inputs.flatMap((shape, input): SuggestedStep[] => {
    const width = shape.at(-1) ?? 1;
    const type = shape.length === 3 ? 'GlobalAveragePool2D' : 'GlobalAveragePool1D';
    const pool: SuggestedStep = {
      kind: 'insertBefore',
      input,
      type,
      params: {},
      label: 'Insert global average pooling',
    };
    return [...(shape.length === 1 ? [] : [pool]), ...(width === units ? [] : [dense(input, units)])];
  });
  const widths = inputs.some((shape) => shape.at(-1) !== units);
  return inOne(steps, `Insert global average pooling${widths ? ` and a Dense layer with ${units} units` : ''}`);
}

/** Whatever the shapes: vectors of one width, by Flatten and a Dense layer. */
function vectorsOf(inputs: readonly Shape[]): Suggestion {
  const first = inputs.find((shape) => shape.length === 1) ?? inputs[0] ?? [];
  const units = first.length === 1 ? (first[0] ?? 1) : (first.at(-1) ?? 1);
  const steps = inputs.flatMap((shape, input) => [
    ...(shape.length === 1 ? [] : [flatten(input)]),
    ...(shape.length === 1 && sizeOf(shape) === units ? [] : [dense(input, units)]),
  ]);
  const [only, ...more] = steps;
  if (only !== undefined && more.length === 0) return only;
  return { kind: 'several', steps, label: `Project all to ${units} with Dense layers` };
}
