import { formatShape, type Shape, sameShape } from '../../../tensor/index.ts';
import type { Inference, SuggestedStep, Suggestion } from '../../defineLayer.ts';
import { bringToOneShape } from './bringTogether.ts';

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
      return mismatch(title, shape, other, i + 1, stretch, inputs);
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

function mismatch(
  title: string,
  first: Shape,
  other: Shape,
  index: number,
  stretch: boolean,
  inputs: readonly Shape[],
): Inference {
  const rule = stretch ? 'its inputs must agree in every axis where neither is 1' : 'its inputs must have one shape';
  return {
    ok: false,
    failure: {
      code: 'merge-shape-mismatch',
      title: 'Shapes differ',
      message: `${title} works element by element, so ${rule}, but input 1 is ${formatShape(first)} and input ${index + 1} is ${formatShape(other)}.`,
      facts: { first: [...first], other: [...other], index },
      suggestions: [...(stretch ? gates(inputs) : []), ...bringToOneShape(inputs)],
    },
  };
}

/** A vector beside maps may be meant as a gate: one factor for each channel. */
function gates(inputs: readonly Shape[]): readonly Suggestion[] {
  const rank = Math.max(...inputs.map((shape) => shape.length));
  const targetOf = (shape: Shape) => [...Array.from({ length: rank - 1 }, () => 1), shape[0] ?? 1];
  const steps = inputs.flatMap((shape, input): SuggestedStep[] =>
    shape.length === 1 && rank > 1
      ? [{ kind: 'insertBefore', input, type: 'Reshape', params: { targetShape: targetOf(shape) }, label: 'Reshape' }]
      : [],
  );
  const [only] = steps;
  if (only === undefined) return [];
  const label = `Reshape the vector to ${formatShape(targetOf(inputs.find((shape) => shape.length === 1) ?? []))}`;
  return [steps.length === 1 ? { ...only, label } : { kind: 'several', steps, label }];
}
