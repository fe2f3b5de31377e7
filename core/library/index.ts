import { residualV1Identity, residualV1PlainProjection, residualV1Projection } from './blocks/residualV1.ts';
import type { LibraryBlock } from './defineBlock.ts';

export type { BlockDefinition } from './blockDefinition.ts';
export type { LibraryBlock } from './defineBlock.ts';
export { type BlockStep, type Cell, type LayerStep, Sketch, type Source, type Step } from './sketch.ts';

/** Every block, in palette order. Another one is one file and one line here. */
const BLOCKS: readonly LibraryBlock[] = [residualV1Identity, residualV1Projection, residualV1PlainProjection];

/** The blocks that come along, in palette order. */
export function listBlocks(): readonly LibraryBlock[] {
  return BLOCKS;
}

/** The block of this id; undefined where there is none. */
export function findBlock(id: string): LibraryBlock | undefined {
  return BLOCKS.find((block) => block.id === id);
}
