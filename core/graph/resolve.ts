import type { Edge, Graph } from '../document/index.ts';
import { type InferredNode, inferNode } from './inferNode.ts';
import { outputIndex } from './ports.ts';
import { activeNodes, incomingEdges, nodeById, sortNodes } from './topology.ts';

/** A flat graph with what follows for each of its nodes. Nothing is judged: a layer that cannot be says so in its `failure`. */
export interface ResolvedGraph {
  readonly graph: Graph;
  /** Node ids, sources before targets; nodes on a cycle come last. */
  readonly order: readonly string[];
  /** Nodes on a cycle. */
  readonly cyclic: readonly string[];
  readonly inferred: ReadonlyMap<string, InferredNode>;
  /** Nodes on a path from an Input to an Output. */
  readonly active: ReadonlySet<string>;
}

/**
 * Infers a flat graph, again and again: what an edit does not reach comes back as the same object. `onInfer` is called with each node that
 * had to be inferred.
 */
export function createResolver(onInfer?: (nodeId: string) => void): (graph: Graph) => ResolvedGraph {
  let memory: ReadonlyMap<string, InferredNode> = new Map();
  return (graph) => {
    const { order, cyclic } = sortNodes(graph);
    const onCycle = new Set(cyclic);
    const inferred = new Map<string, InferredNode>();
    for (const id of order) {
      const node = nodeById(graph, id);
      if (node === undefined) continue;
      const arrivals = incomingEdges(graph, id).map((wire) => arrivalOf(graph, wire, onCycle.has(id), inferred));
      inferred.set(id, inferNode(node, arrivals, memory.get(id), onInfer));
    }
    memory = inferred;
    return { graph, order, cyclic, inferred, active: activeNodes(graph) };
  };
}

/** Shapes, weights and costs of every node of a flat graph, from scratch. */
export function resolve(graph: Graph): ResolvedGraph {
  return createResolver()(graph);
}

function arrivalOf(graph: Graph, wire: Edge, onCycle: boolean, inferred: ReadonlyMap<string, InferredNode>) {
  const source = onCycle ? undefined : inferred.get(wire.source);
  const node = nodeById(graph, wire.source);
  const output = node === undefined ? null : outputIndex(node, wire.sourcePort);
  return {
    wire,
    shape: (output === null ? undefined : source?.outputShapes[output]) ?? null,
    field: source?.receptiveField ?? null,
  };
}
