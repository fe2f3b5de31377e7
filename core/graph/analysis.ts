import type { WeightSpec } from '../catalogue/index.ts';
import type { Problem } from '../errors.ts';
import type { JsonObject } from '../json.ts';
import type { Shape } from '../tensor/index.ts';
import type { Place } from './expand/index.ts';

/** What analysis knows of one node. The same object comes back from the next analysis when nothing about the node changed. */
export interface NodeAnalysis {
  readonly nodeId: string;
  /** The layer's parameters as it is computed with them: inside a block, those of the use in place of formulas. Empty for what is no layer. */
  readonly values: JsonObject;
  /** Shapes arriving, in wire order; an entry is null where the source's shape is not known. */
  readonly inputShapes: readonly (Shape | null)[];
  /** Of the first output. Null when it cannot be known; `problems` says why. */
  readonly outputShape: Shape | null;
  /** One for each output port; empty when they cannot be known. */
  readonly outputShapes: readonly Shape[];
  readonly weights: readonly WeightSpec[];
  readonly params: { readonly trainable: number; readonly nonTrainable: number };
  readonly macs: number;
  /** Bytes of the outputs for one sample. */
  readonly activationBytes: number;
  /** The output-size sum, as lines; empty where there is nothing to work out. */
  readonly arithmetic: readonly string[];
  /** Receptive field [height, width] (or [length]) in input positions, null where it has no meaning. */
  readonly receptiveField: readonly number[] | null;
  readonly problems: readonly Problem[];
}

/** Figures of a whole network. */
export interface Totals {
  readonly layers: number;
  readonly params: number;
  readonly trainable: number;
  readonly nonTrainable: number;
  /** For one sample's forward pass. */
  readonly macs: number;
  /** Weights, gradients and two optimiser slots where the optimiser has them, in bytes. */
  readonly weightBytes: number;
  /** Outputs of all layers kept for the backward pass, at the chosen batch size, in bytes. */
  readonly activationBytes: number;
  /** weightBytes + activationBytes. */
  readonly bytes: number;
}

/** What follows from a design: shapes, costs and problems. */
export interface Analysis {
  /** Node ids such that sources come before targets; nodes on a cycle come last. */
  readonly order: readonly string[];
  /** Layers, uses of blocks and ports of blocks by their path; for what stands in the main graph that is its id. */
  readonly nodes: ReadonlyMap<string, NodeAnalysis>;
  /** Every place at which a block's definition stands in the network, by its path. */
  readonly places: ReadonlyMap<string, Place>;
  /** Every problem, worst first, then in graph order. */
  readonly problems: readonly Problem[];
  readonly totals: Totals;
  /** No problem of severity `error`: the network can be built. (Data may still be missing.) */
  readonly buildable: boolean;
}
