import type { Graph, LoomDocument } from '../document/index.ts';
import { rootGraph } from './topology.ts';

/** A document as one graph: every layer that is computed, none of the wrapping a person drew it in. */
export interface FlatGraph {
  /** Ids are paths from the main graph: a layer that stands there has its own id. */
  readonly graph: Graph;
}

/** What a document describes as one flat graph. Pure: the same graphs give the same object. */
export function expand(document: LoomDocument): FlatGraph {
  const graph = rootGraph(document);
  const known = expanded.get(graph);
  if (known !== undefined) return known;
  const flat = { graph };
  expanded.set(graph, flat);
  return flat;
}

const expanded = new WeakMap<Graph, FlatGraph>();
