import { formatShape, type Shape } from '../../../tensor/index.ts';
import type { Inference, InferenceFailure, Suggestion } from '../../defineLayer.ts';

interface AttentionSizes {
  readonly numHeads: number;
  readonly keyDim: number;
  readonly valueDim: number | null;
  readonly outputShape: number | null;
}

const PORTS = ['query', 'value', 'key'] as const;

/** Shape rules of attention. `inputs`: query, value, key, as many as are wired, from the front. */
export function inferAttention(p: AttentionSizes, inputs: readonly Shape[]): Inference {
  for (const [index, input] of inputs.entries())
    if (input.length !== 2) return { ok: false, failure: notASequence(input, index) };
  const [query = [], value = query, key = value] = inputs;
  const [length = 0, width = 0] = query;
  const [seen = 0] = value;
  if (key[0] !== seen) return { ok: false, failure: unequalLengths(value, key) };
  const valueDim = p.valueDim ?? p.keyDim;
  const out = p.outputShape ?? width;
  return {
    ok: true,
    shape: [length, out],
    arithmetic: [
      inputs.length === 1 ? `${length} positions look at each other` : `${length} positions look at ${seen}`,
      `${p.numHeads} heads · ${valueDim} = ${p.numHeads * valueDim}, brought to ${out}`,
    ],
  };
}

function notASequence(input: Shape, index: number): InferenceFailure {
  const port = PORTS[index] ?? 'query';
  const last = input.at(-1) ?? 1;
  // A vector is a sequence of single numbers, a single number one of length 1.
  const target = input.length > 2 ? [input.slice(0, -1).reduce((a, b) => a * b, 1), last] : [last, 1];
  const advice =
    input.length > 2
      ? 'Reshape it so that its positions stand in one row.'
      : 'Leave out what flattens before it, or reshape it to a sequence.';
  const suggestions: readonly Suggestion[] = [
    {
      kind: 'insertBefore',
      input: index,
      type: 'Reshape',
      params: { targetShape: target },
      label: `Reshape to ${formatShape(target)}`,
    },
  ];
  return {
    code: 'rank-mismatch',
    title: 'Input rank',
    message: `Attention works on sequences (length×channels), inputs of rank 2, but its ${port} is ${formatShape(input)}, of rank ${input.length}. ${advice}`,
    facts: { port, wanted: 2, rank: input.length, shape: [...input] },
    suggestions,
  };
}

function unequalLengths(value: Shape, key: Shape): InferenceFailure {
  return {
    code: 'length-mismatch',
    title: 'Value and key',
    message: `Attention needs a key for each value, but its value ${formatShape(value)} has ${value[0]} positions and its key ${formatShape(key)} has ${key[0]}. Take both from the same sequence, or remove the wire to Key: the value is then its own key.`,
    facts: { value: [...value], key: [...key] },
  };
}
