import type { CustomLayerName } from '../../../catalogue/index.ts';
import { LoomActivation } from './loomActivation.ts';
import { LoomAveragePool } from './loomAveragePool.ts';
import { LoomBatchNorm } from './loomBatchNorm.ts';
import { LoomConv } from './loomConv.ts';
import { LoomDense } from './loomDense.ts';
import { LoomDepthwiseConv2D } from './loomDepthwiseConv2d.ts';
import { LoomDropout } from './loomDropout.ts';
import { LoomGRU } from './loomGru.ts';
import type { LoomLayer } from './loomLayer.ts';
import { LoomLayerNorm } from './loomLayerNorm.ts';
import { LoomLSTM } from './loomLstm.ts';
import { LoomMultiHeadAttention } from './loomMultiHeadAttention.ts';
import { LoomSeparableConv2D } from './loomSeparableConv2d.ts';
import { LoomSimpleRNN } from './loomSimpleRnn.ts';
import { LoomSplit } from './loomSplit.ts';
import { LoomUpSampling2D } from './loomUpSampling2d.ts';
import type { LayerConfig } from './restore.ts';

export { addPenalty, collectPenalties } from './penalties.ts';
export { randomness } from './randomness.ts';

const CLASSES: { readonly [N in CustomLayerName]: new (config: LayerConfig) => LoomLayer } = {
  LoomActivation,
  LoomDense,
  LoomDropout,
  LoomConv,
  LoomDepthwiseConv2D,
  LoomSeparableConv2D,
  LoomAveragePool,
  LoomUpSampling2D,
  LoomSplit,
  LoomBatchNorm,
  LoomLayerNorm,
  LoomSimpleRNN,
  LoomLSTM,
  LoomGRU,
  LoomMultiHeadAttention,
};

/** A layer of our own: what `TfContext.custom` returns. Importing this module lists all of them in TensorFlow.js's registry. */
export function createCustomLayer(className: CustomLayerName, config: LayerConfig): LoomLayer {
  return new CLASSES[className](config);
}
