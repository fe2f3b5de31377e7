import {
  type AnyLayerDefinition,
  type AnyParams,
  CONSTRAINTS,
  defaultParams,
  INITIALIZERS,
  type ParamDescriptor,
  type ParamDescriptors,
} from '../../../core/catalogue/index.ts';
import type { Random } from '../../../core/engine/model/random.ts';
import type { JsonValue } from '../../../core/json.ts';
import type { Shape } from '../../../core/tensor/index.ts';

export const below = (random: Random, count: number): number => Math.floor(random() * count);

export function pick<T>(random: Random, list: readonly T[]): T {
  const found = list[below(random, list.length)];
  if (found === undefined) throw new Error('nothing to pick from');
  return found;
}

const between = (random: Random, low: number, high: number): number =>
  Number((low + (high - low) * random()).toPrecision(3));

/** Small sizes, so that networks stay quick; the defaults of these are 16, 32 or 1,000. */
const SIZES: ReadonlySet<string> = new Set(['units', 'filters', 'outputDim', 'keyDim', 'valueDim', 'outputShape']);

/** Where the whole allowed range would make networks whose numbers say nothing: gradients of 0, or sums that explode. */
const RANGES: { readonly [param: string]: readonly [number, number] } = {
  rate: [0.1, 0.6],
  dropout: [0.1, 0.6],
  recurrentDropout: [0.1, 0.6],
  momentum: [0.2, 0.95],
  epsilon: [0.001, 0.1],
  negativeSlope: [0.05, 0.5],
  maxValue: [0.3, 2],
  threshold: [0.05, 0.5],
  alpha: [0.3, 1.5],
  labelSmoothing: [0.05, 0.4],
  lossWeight: [0.3, 3],
};

/**
 * A value of a parameter, drawn from its descriptor. What fits only certain inputs (axes, shapes) is drawn for the input given; `infer`
 * still has the last word.
 */
export function sampleParam(name: string, descriptor: ParamDescriptor, input: Shape, random: Random): JsonValue {
  const rank = input.length;
  const axis = () => (random() < 0.5 ? 1 + below(random, rank) : -1 - below(random, rank));
  if ('nullLabel' in descriptor && descriptor.nullLabel !== undefined && random() < 0.3) return null;
  switch (descriptor.kind) {
    case 'int': {
      if (name === 'axis') return axis();
      // Sequences of words have numbers below 12.
      if (name === 'inputDim') return 12 + below(random, 3);
      // Keras 3.15 is wrong where heads of size 1 are as many as positions: NumPy and TensorFlow.js agree against it.
      const low = name === 'keyDim' || name === 'valueDim' ? 2 : (descriptor.min ?? 0);
      return SIZES.has(name) ? low + below(random, 6) : Math.min(descriptor.max ?? 9, low + below(random, 4));
    }
    case 'float': {
      const [low, high] = RANGES[name] ?? [descriptor.min ?? 0, descriptor.max ?? 1];
      return between(random, low, high);
    }
    case 'boolean':
      return random() < 0.5;
    case 'choice':
      return pick(random, descriptor.options).value;
    case 'ints':
      return descriptor.boxes.map(() => descriptor.min + below(random, 3));
    case 'shape':
      return sampleShape(name, input, random);
    case 'text':
      return descriptor.default;
    case 'entries':
      return [];
    case 'initializer':
      // A variance is never negative.
      if (name === 'movingVarianceInitializer') return { name: 'constant', value: 0.7 };
      return initializer(random, /^(bias|beta|gamma|alpha|movingMean)/.test(name));
    case 'regularizer':
      return pick(random, [
        { l1: 0.02, l2: 0 },
        { l1: 0, l2: 0.03 },
        { l1: 0.01, l2: 0.02 },
      ]);
    case 'constraint':
      return pick(random, [
        ...Object.values(CONSTRAINTS).map((one) => one.default),
        { name: 'maxNorm', maxValue: 0.4 },
        { name: 'minMaxNorm', minValue: 0.3, maxValue: 0.9, rate: 0.6 },
      ]) as JsonValue;
  }
}

function sampleShape(name: string, input: Shape, random: Random): number[] {
  const rank = input.length;
  const axes = Array.from({ length: rank }, (_, i) => i + 1).sort(() => random() - 0.5);
  switch (name) {
    case 'dims':
      return axes;
    case 'axis':
      return axes.slice(0, 1 + below(random, rank)).map((axis) => (random() < 0.3 ? axis - rank - 1 : axis));
    case 'sharedAxes':
      return axes.slice(0, below(random, rank)).sort((a, b) => a - b);
    case 'noiseShape':
      return random() < 0.4 ? [] : axes.map(() => below(random, 2));
    case 'targetShape': {
      const size = input.reduce((product, n) => product * n, 1);
      const factors = [2, 3, 4, 6].filter((n) => size % n === 0);
      const first = factors.length === 0 ? 1 : pick(random, factors);
      return pick(random, [[size], [first, size / first], [first, -1], [1, first, -1]]);
    }
    default:
      throw new Error(`No way to draw the shape ${name}.`);
  }
}

/** @param vector no matrix: it cannot be orthogonal */
function initializer(random: Random, vector: boolean): JsonValue {
  const { zeros: _, ones: __, orthogonal, ...others } = INITIALIZERS;
  const value = pick(random, [...Object.values(others), ...(vector ? [] : [orthogonal])]).default;
  switch (value.name) {
    case 'constant':
      return { name: 'constant', value: 0.15 };
    case 'randomNormal':
    case 'truncatedNormal':
      return { name: value.name, mean: 0.05, stddev: 0.4 };
    case 'randomUniform':
      return { name: 'randomUniform', min: -0.3, max: 0.5 };
    case 'orthogonal':
      return { name: 'orthogonal', gain: 0.8 };
    default:
      return { ...value };
  }
}

/** Parameters of a layer on this input: sizes small, the rest default but for each in turn with this probability. */
export function sampleParams(layer: AnyLayerDefinition, input: Shape, random: Random, oddness: number): AnyParams {
  const params: { [name: string]: JsonValue } = { ...defaultParams(layer) };
  for (const [name, descriptor] of Object.entries(layer.params as ParamDescriptors)) {
    const must = SIZES.has(name) || name === 'inputDim' || name === 'numHeads' || descriptor.kind === 'shape';
    if ((must && descriptor.default !== null) || random() < oddness)
      params[name] = sampleParam(name, descriptor, input, random);
  }
  return params;
}
