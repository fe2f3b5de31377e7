import { formatShape, type Shape, sizeOf } from '../../../tensor/index.ts';
import { oneIn, oneOut } from '../../commonParams.ts';
import { defineLayer, type Inference, type Suggestion } from '../../defineLayer.ts';
import { shape } from '../../params.ts';

/** The same values in another shape. One entry may be −1: what is left over. */
export const reshape = defineLayer({
  type: 'Reshape',
  version: 1,
  family: 'shape',
  glyph: 'reshape',
  title: 'Reshape',
  keywords: ['view', 'unflatten'],
  doc: 'Gives the same values another shape, in the same order. Turns a vector into a map: 64 into 8×8×1.',
  source: { label: 'Keras: Reshape', url: 'https://keras.io/api/layers/reshaping_layers/reshape/' },
  params: {
    targetShape: shape({
      label: 'Target shape',
      help: 'Shape of one sample; one entry may be −1 for what is left over.',
      default: [-1],
      min: -1,
      maxRank: 6,
    }),
  },
  inputs: oneIn(),
  outputs: oneOut,
  traits: { activation: 'input', values: 'input' },
  summary: (p) => formatShape(p.targetShape),
  infer: (p, [input = []]) => inferReshape(p.targetShape, input),
  weights: () => [],
  cost: () => ({ macs: 0 }),
  tf: (p, c) => {
    const inferred = inferReshape(p.targetShape, c.inputs[0] ?? []);
    return c.layers.reshape({ name: c.name, targetShape: [...(inferred.ok ? inferred.shape : p.targetShape)] });
  },
  keras: (p) => ({ className: 'Reshape', always: ['target_shape'], args: { target_shape: p.targetShape } }),
});

function inferReshape(target: Shape, input: Shape): Inference {
  const free = target.filter((n) => n === -1).length;
  const size = sizeOf(input);
  const known = sizeOf(target.filter((n) => n !== -1));
  if (free > 1)
    return refuse(
      'ambiguous-shape',
      `The target shape ${target.join('×')} of Reshape has ${free} entries of −1; only one can be worked out.`,
      target,
      input,
    );
  if (known === 0)
    return refuse(
      'empty-shape',
      `The target shape ${target.join('×')} of Reshape has a size of 0, which holds no values.`,
      target,
      input,
    );
  if (free === 0 && known !== size)
    return refuse(
      'element-count-mismatch',
      `Reshape keeps every value, but the input ${formatShape(input)} has ${product(input)} and the target ${formatShape(target)} has ${product(target)}.`,
      target,
      input,
    );
  if (size % known !== 0)
    return refuse(
      'element-count-mismatch',
      `Reshape cannot work out the −1: the input ${formatShape(input)} has ${product(input)} values, and ${size} is no multiple of ${known}, the product of the other entries.`,
      target,
      input,
    );
  const result = target.map((n) => (n === -1 ? size / known : n));
  return { ok: true, shape: result, arithmetic: [`${product(input)} = ${product(result)}`] };
}

/** `8·8·1 = 64`, or `64`. */
const product = (shape: Shape) => (shape.length > 1 ? `${shape.join('·')} = ${sizeOf(shape)}` : String(sizeOf(shape)));

function refuse(code: string, message: string, target: Shape, input: Shape): Inference {
  return {
    ok: false,
    failure: {
      code,
      title: 'Target shape',
      message,
      param: 'targetShape',
      facts: { target: [...target], input: [...input], size: sizeOf(input), targetSize: sizeOf(target) },
      suggestions: suggest(target, input),
    },
  };
}

/** Leave one entry open so that it fits: the last that allows it; else flatten. */
function suggest(target: Shape, input: Shape): readonly Suggestion[] {
  const size = sizeOf(input);
  const options = target.map((_, at) => target.map((n, i) => (i === at ? -1 : n)));
  const fitting = options.filter((value) => {
    const known = sizeOf(value.filter((n) => n !== -1));
    return value.filter((n) => n === -1).length === 1 && known > 0 && size % known === 0;
  });
  const value = fitting[0] ?? [-1];
  return [{ kind: 'setParam', param: 'targetShape', value, label: `Set target shape to ${value.join('×')}` }];
}
