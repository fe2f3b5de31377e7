import * as tf from '@tensorflow/tfjs-core';
import {
  type AnyLayerDefinition,
  type AnyParams,
  defaultParams,
  listLayers,
  type ParamDescriptor,
  type ParamDescriptors,
  whyIdle,
} from '../../core/catalogue/index.ts';
import { seededRandom } from '../../core/engine/model/random.ts';
import { type JsonValue, sameJson } from '../../core/json.ts';
import { type Shape, sizeOf } from '../../core/tensor/index.ts';
import { buildLayer } from '../conformance/builtLayer.ts';
import { LAYER_CASES } from '../conformance/cases/index.ts';
import type { LayerCase } from '../conformance/layerCase.ts';
import { compute } from './layerParity.ts';
import { sampleParam } from './networks/sampleParams.ts';

/** The layer types that have parameters. Input and Output have no layer of their own. */
export const LAYERS = listLayers().filter(
  ({ type, params }) => !['Input', 'Output'].includes(type) && Object.keys(params).length > 0,
);

/** Values tried for one parameter; some mean the default (an axis counted from the other end), so that one at least must differ. */
const TRIES = 12;

export interface Base {
  readonly layer: AnyLayerDefinition;
  readonly descriptors: ParamDescriptors;
  readonly params: AnyParams;
  readonly inputs: readonly Shape[];
  readonly from: LayerCase;
}

/** Larger than most cases' inputs, so that strides and dilations find room. */
const INPUTS: { readonly [type: string]: Shape } = {
  Conv1D: [11, 4],
  Conv2D: [9, 9, 4],
  Conv3D: [6, 6, 6, 4],
  DepthwiseConv2D: [9, 9, 2],
  SeparableConv2D: [9, 9, 2],
  LayerNorm: [3, 4, 2],
  GroupNorm: [4, 2, 6],
  Split: [4, 6],
  BatchNorm: [3, 4, 2],
  PReLU: [3, 4, 2],
  Softmax: [3, 4, 2],
  Dropout: [3, 4, 2],
  Permute: [2, 3, 4],
  UpSampling2D: [5, 6, 2],
  MaxPool2D: [7, 7, 2],
  AveragePool2D: [7, 7, 2],
  MaxPool3D: [5, 5, 5, 2],
  AveragePool3D: [5, 5, 5, 2],
  Concatenate: [2, 3, 2],
};
const SMALL: AnyParams = { units: 3, filters: 4, numHeads: 2, keyDim: 3, inputDim: 12, outputDim: 3 };

export function baseOf(layer: AnyLayerDefinition): Base {
  const from = LAYER_CASES.find(({ type, inputs }) => type === layer.type && inputs.length > 0);
  if (!from) throw new Error(`no case of ${layer.type}`);
  const small = Object.fromEntries(Object.entries(SMALL).filter(([name]) => name in layer.params));
  const own = INPUTS[layer.type];
  const inputs = own ? from.inputs.map(() => own) : from.inputs;
  const rank = inputs[0]?.length ?? 0;
  const fitting: { readonly [type: string]: AnyParams } = {
    Permute: { dims: Array.from({ length: rank }, (_, i) => i + 1) },
    GroupNorm: { groups: 2 },
  };
  const params = { ...defaultParams(layer), ...small, ...fitting[layer.type] };
  return { layer, descriptors: layer.params, params, inputs, from };
}

const hasDropout = (params: AnyParams) =>
  ['rate', 'dropout', 'recurrentDropout'].some((name) => Number(params[name] ?? 0) > 0);

export function caseOf({ layer, inputs, from }: Base, name: string, params: AnyParams): LayerCase {
  const { integersBelow, zeroGradients } = from;
  return {
    type: layer.type,
    name,
    params,
    inputs,
    random: hasDropout(params),
    ...(integersBelow !== undefined && { integersBelow: 12 }),
    ...(zeroGradients !== undefined && { zeroGradients }),
    ...(layer.type === 'SimpleRNN' && { kerasDropsPenalty: true }),
  };
}

const known = new Map<string, string | null>();

/**
 * Everything that can be measured of a layer: shapes, first values, outputs, gradients, penalties, projections, what a step leaves. Null
 * where it cannot be built.
 */
export function measured(base: Base, params: AnyParams): string | null {
  const key = JSON.stringify([base.layer.type, Object.entries(params).sort()]);
  const before = known.get(key);
  if (before !== undefined) return before;
  const found = measure(base, params);
  known.set(key, found);
  return found;
}

function measure(base: Base, params: AnyParams): string | null {
  const inferred = base.layer.infer(params, base.inputs);
  if (!inferred.ok || sizeOf(inferred.shape) === 0) return null;
  return tf.tidy(() => {
    const layerCase = caseOf(base, 'one', params);
    const { initial, weightPenalty, inference, training, penalty, grads, after, projected } = compute(layerCase).ours;
    const exported = buildLayer(layerCase, 'export').weights.map((weight) => [...weight.variable.dataSync()]);
    const all = [
      inferred.shape,
      initial,
      exported,
      weightPenalty,
      inference,
      training,
      penalty,
      grads,
      after,
      projected,
    ];
    return JSON.stringify(all, (_, value) => (value instanceof Float32Array ? [...value] : value));
  });
}

/** The base with what a parameter needs to have an effect, as far as it needs anything. */
export function prepared(base: Base, name: string, descriptor: ParamDescriptor): AnyParams {
  if (whyIdle(base.layer, name, base.params) === null) return base.params;
  const need = (descriptor.needs ?? []).find(({ param }) => param in base.descriptors);
  return need ? { ...base.params, [need.param]: need.is?.[0] ?? 0.4 } : base.params;
}

/** A value unlike the one in `params` with which the layer can be built. */
export function* others(
  base: Base,
  name: string,
  descriptor: ParamDescriptor,
  params: AnyParams,
): Generator<JsonValue> {
  const random = seededRandom('params', base.layer.type, name);
  for (let i = 0; i < 60; i++) {
    const value = sampleParam(name, descriptor, base.inputs[0] ?? [], random);
    if (sameJson(value, params[name])) continue;
    const inferred = base.layer.infer({ ...params, [name]: value }, base.inputs);
    if (inferred.ok && sizeOf(inferred.shape) > 0) yield value;
  }
}

/** The first value of a parameter that changes what is measured; undefined where none of several does. */
export function effective(
  base: Base,
  name: string,
  descriptor: ParamDescriptor,
  params: AnyParams,
): JsonValue | undefined {
  const before = measured(base, params);
  let tries = 0;
  for (const value of others(base, name, descriptor, params)) {
    if (measured(base, { ...params, [name]: value }) !== before) return value;
    if (++tries === TRIES) return undefined;
  }
  return undefined;
}
