import { formatShape, type Shape } from '../../../tensor/index.ts';
import { axisFailure, sampleAxis } from '../../axis.ts';
import { manyIn, oneOut } from '../../commonParams.ts';
import { defineLayer, type Inference, type Suggestion } from '../../defineLayer.ts';
import { int } from '../../params.ts';
import { flattenAll, poolToOneSize } from './bringTogether.ts';
import { tooFewInputs } from './elementwise.ts';

/** Inputs side by side along one axis, in wire order; all other axes must agree. */
export const concatenate = defineLayer({
  type: 'Concatenate',
  version: 1,
  family: 'merge',
  glyph: 'concat',
  title: 'Concatenate',
  keywords: ['concat', 'join', 'stack', 'skip', 'unet', 'densenet'],
  look: 'pill',
  doc: 'Puts its inputs side by side along the channels (or another axis), so that what follows sees all of them. The junction of U-nets and DenseNets.',
  source: { label: 'Keras: Concatenate', url: 'https://keras.io/api/layers/merging_layers/concatenate/' },
  params: {
    axis: int({
      label: 'Axis',
      help: 'Axis along which they are joined; −1 is the last (channels), 1 the first after the batch.',
      default: -1,
      min: -8,
      max: 8,
    }),
  },
  inputs: manyIn,
  outputs: oneOut,
  traits: { values: 'input', window: 'position' },
  summary: (p) => (p.axis === -1 ? '' : `axis ${p.axis}`),
  infer: (p, inputs) => inferConcatenate(p.axis, inputs),
  weights: () => [],
  cost: () => ({ macs: 0 }),
  tf: (p, c) => {
    // TensorFlow.js gets negative axes other than −1 wrong.
    const at = sampleAxis(p.axis, c.inputs[0]?.length ?? 1) ?? 0;
    return c.layers.concatenate({ name: c.name, axis: at + 1 });
  },
  keras: (p) => ({ className: 'Concatenate', args: { axis: p.axis } }),
});

function inferConcatenate(axis: number, inputs: readonly Shape[]): Inference {
  const [first, ...rest] = inputs;
  if (first === undefined || rest.length === 0) return tooFewInputs('Concatenate', inputs.length);
  const at = sampleAxis(axis, first.length);
  if (at === null) return axisFailure('Concatenate', axis, first);
  const fits = (shape: Shape) => shape.length === first.length && shape.every((n, i) => i === at || n === first[i]);
  const odd = rest.findIndex((shape) => !fits(shape));
  if (odd >= 0) return mismatch(first, rest[odd] ?? [], odd + 1, at, inputs);
  const total = inputs.reduce((sum, shape) => sum + (shape[at] ?? 0), 0);
  return {
    ok: true,
    shape: first.map((n, i) => (i === at ? total : n)),
    arithmetic: [`${inputs.map((shape) => shape[at]).join(' + ')} = ${total}`],
  };
}

function mismatch(first: Shape, other: Shape, index: number, at: number, inputs: readonly Shape[]): Inference {
  const differing = first.findIndex((n, i) => i !== at && n !== other[i]);
  const why =
    first.length === other.length
      ? `they differ along axis ${differing + 1} too (${first[differing]} and ${other[differing]})`
      : `they have ${first.length} and ${other.length} axes`;
  return {
    ok: false,
    failure: {
      code: 'concatenate-shape-mismatch',
      title: 'Shapes differ',
      message: `Concatenate joins along axis ${at + 1}, so all other axes must agree, but input 1 is ${formatShape(first)} and input ${index + 1} is ${formatShape(other)}: ${why}.`,
      facts: { first: [...first], other: [...other], index, axis: at + 1 },
      suggestions: suggest(first, other, index, at, inputs),
    },
  };
}

/** Flatten what is not flat; join along the one axis that differs; enlarge a smaller map by a whole factor; or pool the larger ones. */
function suggest(
  first: Shape,
  other: Shape,
  index: number,
  at: number,
  inputs: readonly Shape[],
): readonly Suggestion[] {
  const ranks = new Set(inputs.map((shape) => shape.length));
  if (ranks.size > 1) return [flattenAll(inputs)];
  const differing = first.flatMap((n, i) => (n === other[i] ? [] : [i]));
  const [only = -1] = differing;
  const along: Suggestion[] =
    differing.length === 1 && only !== at
      ? [{ kind: 'setParam', param: 'axis', value: only + 1, label: `Join along axis ${only + 1}` }]
      : [];
  if (at !== first.length - 1) return [...along, flattenAll(inputs)];
  const enlarge = (from: Shape, to: Shape, input: number): Suggestion[] => {
    const size = [0, 1].map((axis) => (to[axis] ?? 1) / (from[axis] ?? 1));
    if (first.length !== 3 || !size.every((s) => Number.isInteger(s) && s >= 1)) return [];
    return [
      { kind: 'insertBefore', input, type: 'UpSampling2D', params: { size }, label: `Upsample ${size.join('×')}` },
    ];
  };
  const larger = [...enlarge(other, first, index), ...enlarge(first, other, 0)].slice(0, 1);
  return [...along, ...larger, ...poolToOneSize(inputs), flattenAll(inputs)];
}
