import type { JsonValue } from '../json.ts';

/** What an output position reads, one entry a spatial axis. A stride below 1 puts outputs closer together than inputs (upsampling). */
export interface ReadWindow {
  readonly size: readonly number[];
  readonly strides: readonly number[];
  readonly dilation: readonly number[];
}

/** How a layer comes to give fewer axes than it gets, for the sentence that says so to whoever misses them further on. */
export interface DropsAxes {
  /** As the end of a sentence about the layer: "makes a vector of everything". */
  readonly does: string;
  /** The parameter value that keeps the axes, and what that is called: "Have … return sequences". Absent: the layer is to be taken out. */
  readonly keep?: { readonly param: string; readonly value: JsonValue; readonly label: string };
}

/**
 * What a layer is like: what design rules, analysis and writers ask of any layer. It stands in the layer's own file; what is left out is
 * not so.
 */
export interface Traits<P> {
  /**
   * An affine function of its input. `learned`: by weights of its own, up to its `activation`. `fixed`: such that a `learned` one beside it
   * could take it in.
   */
  readonly linear?: 'learned' | 'fixed';
  /** What the size of the last axis is: the input's, or what this parameter says. */
  readonly width?: 'kept' | { readonly param: string };
  /** The number of axes stays. */
  readonly rank?: 'kept';
  /** Gives fewer axes than it gets, at least with some parameters. */
  readonly dropsAxes?: DropsAxes;
  /**
   * The activation that values leaving it went through last, where its parameter `activation` does not say: that of its input; that of its
   * inputs where they agree; or the one that this layer is.
   */
  readonly activation?: 'input' | 'common' | 'softmax' | 'sigmoid';
  /**
   * The activation applied at its very end, along the last axis, which can be left off: a cross-entropy is computed from what stands before.
   * Null where these parameters end in something else.
   */
  readonly endsIn?: (params: P) => string | null;
  /**
   * Where its numbers come from. `input`: they arrived so, in whatever order, and zeros at most beside them. `unclear`: whole numbers may
   * stay whole. Absent: worked out, so that they are whole by chance only.
   */
  readonly values?: 'input' | 'unclear' | ((params: P) => 'input' | 'computed');
  /** What a position of its output reads: the same position; the positions of a window. Absent: outputs have no position of their own. */
  readonly window?: 'position' | ((params: P) => ReadWindow);
  /** Looks up rows of a table by number: the parameter that holds how many there are. */
  readonly rows?: string;
  /** Whether factor and offset on its output could be had by other values of its kernel and bias. */
  readonly rescales?: (params: P) => boolean;
  /** One of several that differ in the number of spatial axes alone: what they share, and how many this one has. */
  readonly sibling?: { readonly of: string; readonly axes: number };
}

/** Layers that treat each number by its own: activations, dropout. */
export const ELEMENTWISE = { width: 'kept', rank: 'kept', window: 'position' } as const;
