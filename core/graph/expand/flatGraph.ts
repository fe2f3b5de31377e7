import {
  BLOCK,
  BLOCK_INPUT,
  BLOCK_OUTPUT,
  type Graph,
  type LayerNode,
  type LoomDocument,
} from '../../document/index.ts';
import type { Problem } from '../../errors.ts';

/** One use of a block on the way from the main graph down to a layer. */
export interface UseStep {
  /** Graph that the use stands in. */
  readonly graph: string;
  /** The use: a node of that graph. */
  readonly node: string;
  /** Which of its repetitions, from 0; null where it stands once. */
  readonly iteration: number | null;
}

/** The node that a person sees for a node of the flat graph. */
export interface Origin {
  /** Graph that it stands in. */
  readonly graph: string;
  readonly node: string;
  /** The uses it stands in, outermost first. */
  readonly uses: readonly UseStep[];
}

/** One output of a node of the flat graph. */
export interface FlatOutput {
  readonly node: string;
  readonly port: string;
}

/** A port of a block that nothing is wired to: what a person mends where a layer inside or behind the block gets nothing. */
export interface OpenPort {
  /** The use whose input, or the port node inside whose block, has no wire: its path. */
  readonly at: string;
  /** The input of the use; null where it is the wire inside, to the block's output, that is missing. */
  readonly port: string | null;
  readonly portName: string;
  readonly blockName: string;
}

/** A wire into a layer that brings nothing. */
export interface StarvedWire {
  readonly target: string;
  readonly targetPort: string;
  readonly open: OpenPort;
}

/** A use of a block with what reaches and leaves it. */
export interface FlatUse {
  readonly origin: Origin;
  /** By input port; null where nothing arrives. */
  readonly inputs: readonly (FlatOutput | null)[];
  /** By output port, of the last repetition; null where nothing leaves. */
  readonly outputs: readonly (FlatOutput | null)[];
}

/** A definition where it stands in the network: one repetition of one use. */
export interface Place {
  /** Graph that defines the block. */
  readonly graph: string;
  /** The uses that lead there from the main graph, outermost first. */
  readonly uses: readonly UseStep[];
}

/** A document as one graph: every layer that is computed, none of the wrapping a person drew it in. */
export interface FlatGraph {
  /**
   * Ids are paths of ids and names are paths of names, `stage2/block1[3]/conv1`, with the repetition in brackets where there are several. A
   * node of the main graph is there as it is. A use that cannot be expanded stands there itself, with a problem.
   */
  readonly graph: Graph;
  /** Nodes and wires that do not stand in the main graph, by their path. */
  readonly origins: ReadonlyMap<string, Origin>;
  /** Every use that was expanded, by its path. Those of the main graph are there by their id. */
  readonly uses: ReadonlyMap<string, FlatUse>;
  /** Every place at which a definition stands, by its path, which the paths of what is in it begin with: `stage/unit[1]/`. */
  readonly places: ReadonlyMap<string, Place>;
  /** What passes the port nodes of blocks, by their paths; null where nothing does. */
  readonly ports: ReadonlyMap<string, FlatOutput | null>;
  /** Wires that bring nothing, because a port on their way has none: by the path of the wire. They are not in `graph`. */
  readonly starved: ReadonlyMap<string, StarvedWire>;
  /** What is wrong with blocks and their uses; `nodeId`s are paths. */
  readonly problems: readonly Problem[];
}

/** The paths of the uses that a node stands in, outermost first: `a` and `a[1]/b` for `a[1]/b/c`. */
export function pathsOfUses({ uses }: Origin): readonly string[] {
  let within = '';
  return uses.map(({ node, iteration }) => {
    const path = within + node;
    within = path + (iteration === null ? '/' : `[${iteration}]/`);
    return path;
  });
}

/** What the paths of everything at the end of these uses begin with: `a[1]/b/`. */
export function pathTo(uses: readonly UseStep[]): string {
  return uses.map(({ node, iteration }) => `${node}${iteration === null ? '' : `[${iteration}]`}/`).join('');
}

/** Whether a node is part of how blocks are put together and no layer. */
export const isWrapping = ({ type }: Pick<LayerNode, 'type'>): boolean =>
  type === BLOCK || type === BLOCK_INPUT || type === BLOCK_OUTPUT;

/** A graph of a document by its id; undefined where there is none. */
export function graphById(document: LoomDocument, id: string): Graph | undefined {
  return Object.hasOwn(document.graphs, id) ? document.graphs[id] : undefined;
}
