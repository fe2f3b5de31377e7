import type { LoomDocument } from '../document/index.ts';
import { kerasBytes, writeKeras } from './keras/write.ts';
import { npzBytes, writeNpz } from './npz/write.ts';
import type { WeightMap } from './weightMap.ts';

/** An export format that is one file made of a design and its weights. */
export interface WeightArchive {
  /** @throws ProblemError when the design has errors, holds what the format lacks, or is too big for one file */
  write(document: LoomDocument, weights: WeightMap): Uint8Array | Promise<Uint8Array>;
  /** About how many bytes `write` makes, from the shapes of the weights alone. Throws as it does. */
  bytes(document: LoomDocument): number;
}

/** Those that there are. */
export const WEIGHT_ARCHIVES: { readonly [F in 'keras' | 'npz']: WeightArchive } = {
  keras: { write: writeKeras, bytes: kerasBytes },
  npz: { write: writeNpz, bytes: npzBytes },
};
