import { formatShape, type Shape, sameShape } from '../../../tensor/index.ts';
import type { Inference, Suggestion } from '../../defineLayer.ts';

/**
 * Shape rule of Add, Multiply, Average, Maximum: at least two inputs, all of one shape. With `stretch`, a size of 1 goes with any
 * other. Keras stretches in all four; only for Multiply is that ever meant (a gate), and in a residual sum it hides a mistake.
 */
export function inferElementwiseMerge(title: string, inputs: readonly Shape[], stretch = false): Inference {
  const [first, ...rest] = inputs;
  if (first === undefined || rest.length === 0) return tooFewInputs(title, inputs.length);
  let shape = first;
  for (const [i, other] of rest.entries()) {
    if (stretch ? !stretches(shape, other) : !sameShape(shape, other))
      return mismatch(title, shape, other, i + 1, stretch);
    shape = shape.map((n, axis) => Math.max(n, other[axis] ?? 1));
  }
  return { ok: true, shape };
}

const stretches = (a: Shape, b: Shape) =>
  a.length === b.length && a.every((n, i) => n === b[i] || n === 1 || b[i] === 1);

export function tooFewInputs(title: string, count: number): Inference {
  return {
    ok: false,
    failure: {
      code: 'too-few-inputs',
      title: 'Inputs',
      message: `${title} joins two or more wires, but only ${count} arrives. Connect another one.`,
      facts: { inputs: count },
    },
  };
}

function mismatch(title: string, first: Shape, other: Shape, index: number, stretch: boolean): Inference {
  const rule = stretch ? 'its inputs must agree in every axis where neither is 1' : 'its inputs must have one shape';
  return {
    ok: false,
    failure: {
      code: 'merge-shape-mismatch',
      title: 'Shapes differ',
      message: `${title} works element by element, so ${rule}, but input 1 is ${formatShape(first)} and input ${index + 1} is ${formatShape(other)}.`,
      facts: { first: [...first], other: [...other], index },
      suggestions: suggestProjection(first, other, index),
    },
  };
}

/**
 * Projection shortcuts (He et al. 2016, option B): a 1×1 convolution with the stride that brings the larger map down to the
 * smaller one, or a Dense layer for vectors. Empty when no whole-number stride does it.
 */
function suggestProjection(first: Shape, other: Shape, index: number): readonly Suggestion[] {
  if (first.length !== other.length) return [];
  const options = [projection(other, first, index), projection(first, other, 0)];
  return options.filter((s): s is Suggestion => s !== null).slice(0, 1);
}

function projection(from: Shape, to: Shape, input: number): Suggestion | null {
  const channels = to.at(-1) ?? 1;
  if (from.length === 1)
    return {
      kind: 'insertBefore',
      input,
      type: 'Dense',
      params: { units: channels },
      label: `Project to ${channels} with a Dense layer`,
    };
  if (from.length !== 3) return null;
  const strides = [0, 1].map((axis) => (from[axis] ?? 1) / (to[axis] ?? 1));
  // 'same' padding gives ⌈n / s⌉, so a whole ratio always lands on the wanted size.
  if (!strides.every((s) => Number.isInteger(s) && s >= 1)) return null;
  const label = strides.every((s) => s === 1)
    ? `Insert a 1×1 projection to ${channels} channels`
    : `Insert a 1×1 projection, stride ${strides.join('×')}, to ${channels} channels`;
  return {
    kind: 'insertBefore',
    input,
    type: 'Conv2D',
    params: { filters: channels, kernelSize: [1, 1], strides, padding: 'same' },
    label,
  };
}
