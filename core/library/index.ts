import { autoencoderDecoder, autoencoderEncoder } from './blocks/autoencoder.ts';
import { bottleneckIdentity, bottleneckProjection } from './blocks/bottleneck.ts';
import { convBnAct } from './blocks/convBnAct.ts';
import { denseNetBlock, denseNetLayer, denseNetTransition } from './blocks/denseNet.ts';
import { inceptionV1 } from './blocks/inceptionV1.ts';
import { depthwiseSeparable, invertedResidual, invertedResidualChange } from './blocks/mobile.ts';
import { residualV1Identity, residualV1PlainProjection, residualV1Projection } from './blocks/residualV1.ts';
import { residualV2Identity, residualV2Projection } from './blocks/residualV2.ts';
import { squeezeExcite } from './blocks/squeezeExcite.ts';
import { encoderPostNorm, encoderPreNorm, transformerMlp } from './blocks/transformer.ts';
import { uNetDown, uNetUp } from './blocks/uNet.ts';
import { vggStage } from './blocks/vgg.ts';
import type { LibraryBlock } from './defineBlock.ts';

export type { BlockDefinition } from './blockDefinition.ts';
export * from './blocks/autoencoder.ts';
export * from './blocks/bottleneck.ts';
export { convBnAct } from './blocks/convBnAct.ts';
export * from './blocks/denseNet.ts';
export { inceptionV1 } from './blocks/inceptionV1.ts';
export * from './blocks/mobile.ts';
export * from './blocks/residualV1.ts';
export * from './blocks/residualV2.ts';
export { squeezeExcite } from './blocks/squeezeExcite.ts';
export * from './blocks/transformer.ts';
export * from './blocks/uNet.ts';
export { vggStage } from './blocks/vgg.ts';
export type { BlockFacts, LibraryBlock } from './defineBlock.ts';
export { type BlockStep, type Cell, type LayerStep, Sketch, type Source, type Step } from './sketch.ts';

/** Every block, in palette order. Another one is one file and one line here. */
const BLOCKS: readonly LibraryBlock[] = [
  ...[convBnAct, vggStage],
  ...[residualV1Identity, residualV1Projection, residualV1PlainProjection, residualV2Identity, residualV2Projection],
  ...[bottleneckIdentity, bottleneckProjection, squeezeExcite],
  ...[inceptionV1, denseNetLayer, denseNetBlock, denseNetTransition],
  ...[depthwiseSeparable, invertedResidual, invertedResidualChange],
  ...[uNetDown, uNetUp],
  ...[encoderPostNorm, encoderPreNorm, transformerMlp],
  ...[autoencoderEncoder, autoencoderDecoder],
];

/** The blocks that come along, in palette order. */
export function listBlocks(): readonly LibraryBlock[] {
  return BLOCKS;
}

/** The block of this id; undefined where there is none. */
export function findBlock(id: string): LibraryBlock | undefined {
  return BLOCKS.find((block) => block.id === id);
}
