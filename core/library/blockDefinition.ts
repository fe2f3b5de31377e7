import type { Graph } from '../document/index.ts';

/** A block ready to be taken into a document: its own graph and those of the blocks that it uses. */
export interface BlockDefinition {
  readonly graphs: readonly Graph[];
  /** Which of them is the block. */
  readonly root: string;
}
