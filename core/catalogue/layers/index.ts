import type { AnyLayerDefinition } from '../defineLayer.ts';
import { activation } from './act/activation.ts';
import { elu } from './act/elu.ts';
import { gelu } from './act/gelu.ts';
import { hardSigmoid } from './act/hardSigmoid.ts';
import { leakyRelu } from './act/leakyRelu.ts';
import { mish } from './act/mish.ts';
import { prelu } from './act/prelu.ts';
import { relu } from './act/relu.ts';
import { selu } from './act/selu.ts';
import { sigmoid } from './act/sigmoid.ts';
import { softmax } from './act/softmax.ts';
import { softplus } from './act/softplus.ts';
import { softsign } from './act/softsign.ts';
import { swish } from './act/swish.ts';
import { tanh } from './act/tanh.ts';
import { multiHeadAttention } from './attn/multiHeadAttention.ts';
import { conv1d, conv2d, conv3d } from './conv/conv.ts';
import { depthwiseConv2d } from './conv/depthwiseConv2d.ts';
import { separableConv2d } from './conv/separableConv2d.ts';
import { dense } from './core/dense.ts';
import { embedding } from './core/embedding.ts';
import { input } from './io/input.ts';
import { output } from './io/output.ts';
import { add } from './merge/add.ts';
import { average } from './merge/average.ts';
import { concatenate } from './merge/concatenate.ts';
import { maximum } from './merge/maximum.ts';
import { multiply } from './merge/multiply.ts';
import { batchNorm } from './norm/batchNorm.ts';
import { groupNorm } from './norm/groupNorm.ts';
import { layerNorm } from './norm/layerNorm.ts';
import { averagePool1d, averagePool2d, averagePool3d } from './pool/averagePool.ts';
import {
  globalAveragePool1d,
  globalAveragePool2d,
  globalAveragePool3d,
  globalMaxPool1d,
  globalMaxPool2d,
  globalMaxPool3d,
} from './pool/globalPool.ts';
import { maxPool1d, maxPool2d, maxPool3d } from './pool/maxPool.ts';
import { dropout } from './reg/dropout.ts';
import { spatialDropout2d } from './reg/spatialDropout2d.ts';
import { gru } from './rnn/gru.ts';
import { lstm } from './rnn/lstm.ts';
import { simpleRnn } from './rnn/simpleRnn.ts';
import { flatten } from './shape/flatten.ts';
import { permute } from './shape/permute.ts';
import { reshape } from './shape/reshape.ts';
import { split } from './shape/split.ts';
import { upSampling2d } from './shape/upSampling2d.ts';
import { zeroPadding2d } from './shape/zeroPadding2d.ts';

/** Every layer type, in palette order. A new layer is one file and one line here. */
const ALL = [
  ...[input, output],
  ...[dense, embedding],
  ...[conv2d, depthwiseConv2d, separableConv2d, conv1d, conv3d],
  ...[maxPool2d, averagePool2d, globalAveragePool2d, globalMaxPool2d],
  ...[maxPool1d, averagePool1d, globalAveragePool1d, globalMaxPool1d],
  ...[maxPool3d, averagePool3d, globalAveragePool3d, globalMaxPool3d],
  ...[batchNorm, layerNorm, groupNorm],
  ...[
    relu,
    leakyRelu,
    prelu,
    elu,
    selu,
    gelu,
    swish,
    mish,
    sigmoid,
    hardSigmoid,
    tanh,
    softmax,
    softplus,
    softsign,
    activation,
  ],
  ...[dropout, spatialDropout2d],
  ...[add, concatenate, multiply, average, maximum],
  ...[lstm, gru, simpleRnn],
  ...[multiHeadAttention],
  ...[flatten, reshape, permute, split, zeroPadding2d, upSampling2d],
] as const satisfies readonly AnyLayerDefinition[];

/** The name of a layer type this version knows. */
export type LayerType = (typeof ALL)[number]['type'];

/** A definition that the catalogue lists. */
export type CatalogueLayer = AnyLayerDefinition & { readonly type: LayerType };

export const LAYERS: readonly CatalogueLayer[] = ALL;
