import { compareNatural, type Edge, type Graph, type LayerNode } from '../document/index.ts';
import { layerPorts } from './ports.ts';

/**
 * The node of this id, or undefined. Safe for ids like `constructor`, which plain indexing finds on every object: what it finds
 * there does not call itself so. (Asking `hasOwn` first costs a third of an analysis.)
 */
export function nodeById(graph: Graph, nodeId: string): LayerNode | undefined {
  const node = graph.nodes[nodeId];
  return node?.id === nodeId ? node : undefined;
}

/** The wire of this id; undefined where there is none. */
export function edgeById(graph: Graph, edgeId: string): Edge | undefined {
  return Object.hasOwn(graph.edges, edgeId) ? graph.edges[edgeId] : undefined;
}

interface Wiring {
  readonly incoming: ReadonlyMap<string, readonly Edge[]>;
  readonly outgoing: ReadonlyMap<string, readonly Edge[]>;
}

/** Edges are immutable, so what has been worked out for one edge table holds for as long as that object lives. */
const wirings = new WeakMap<Graph['edges'], Wiring>();

function wiringOf(graph: Graph): Wiring {
  const known = wirings.get(graph.edges);
  if (known !== undefined) return known;
  const incoming = new Map<string, Edge[]>();
  const outgoing = new Map<string, Edge[]>();
  const put = (map: Map<string, Edge[]>, key: string, edge: Edge) => {
    const list = map.get(key);
    if (list === undefined) map.set(key, [edge]);
    else list.push(edge);
  };
  for (const edge of Object.values(graph.edges)) {
    put(incoming, edge.target, edge);
    put(outgoing, edge.source, edge);
  }
  for (const list of outgoing.values()) if (list.length > 1) list.sort((a, b) => compareNatural(a.id, b.id));
  for (const list of incoming.values())
    if (list.length > 1) list.sort((a, b) => a.order - b.order || compareNatural(a.id, b.id));
  const wiring = { incoming, outgoing };
  wirings.set(graph.edges, wiring);
  return wiring;
}

/** Wires into a node, by port and then by order. The graph must be plain data, not an editing draft. */
export function incomingEdges(graph: Graph, nodeId: string): readonly Edge[] {
  const wires = wiringOf(graph).incoming.get(nodeId) ?? [];
  const node = nodeById(graph, nodeId);
  if (wires.length < 2 || node === undefined) return wires;
  const ports = layerPorts(node).inputs;
  if (ports.length < 2) return wires;
  const rank = (edge: Edge) => {
    const index = ports.findIndex((port) => port.name === edge.targetPort);
    return index < 0 ? ports.length : index;
  };
  return [...wires].sort((a, b) => rank(a) - rank(b));
}

/** Wires out of a node, by id. */
export function outgoingEdges(graph: Graph, nodeId: string): readonly Edge[] {
  return wiringOf(graph).outgoing.get(nodeId) ?? [];
}

/** Every node that can be reached from these along the wires (`down`) or against them (`up`), the starting ones included. */
export function reachable(graph: Graph, from: Iterable<string>, direction: 'down' | 'up'): ReadonlySet<string> {
  const reached = new Set(from);
  const pending = [...reached];
  for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
    const next =
      direction === 'down'
        ? outgoingEdges(graph, id).map((edge) => edge.target)
        : incomingEdges(graph, id).map((edge) => edge.source);
    for (const other of next)
      if (!reached.has(other)) {
        reached.add(other);
        pending.push(other);
      }
  }
  return reached;
}

/** Nodes on some path from an Input to an Output: the ones that take part in the network. */
export function activeNodes(graph: Graph): ReadonlySet<string> {
  const all = Object.values(graph.nodes);
  const ofType = (type: string) => all.filter((node) => node.type === type).map((node) => node.id);
  const fed = reachable(graph, ofType('Input'), 'down');
  const used = reachable(graph, ofType('Output'), 'up');
  return new Set([...fed].filter((id) => used.has(id)));
}

/** Node ids in natural order: the same whatever order the nodes were added in. */
export function nodeIds(graph: Graph): readonly string[] {
  return Object.keys(graph.nodes).sort(compareNatural);
}

/** The layers of a graph in an order they can be computed in. */
export interface SortedNodes {
  /** Sources before targets; nodes on a cycle, and those behind one, come last in natural order. */
  readonly order: readonly string[];
  /** Nodes that are on a cycle, natural order. */
  readonly cyclic: readonly string[];
}

/** Topological order (Kahn 1962), ties in natural order of the ids. */
export function sortNodes(graph: Graph): SortedNodes {
  const ids = nodeIds(graph);
  const waiting = new Map(ids.map((id) => [id, incomingEdges(graph, id).length]));
  const order = ids.filter((id) => waiting.get(id) === 0);
  for (let next = 0; next < order.length; next++) {
    const id = order[next];
    if (id === undefined) break;
    for (const edge of outgoingEdges(graph, id)) {
      const left = (waiting.get(edge.target) ?? 0) - 1;
      waiting.set(edge.target, left);
      if (left === 0) order.push(edge.target);
    }
  }
  if (order.length === ids.length) return { order, cyclic: [] };
  const sorted = new Set(order);
  const rest = ids.filter((id) => !sorted.has(id));
  return { order: [...order, ...rest], cyclic: cycles(graph, rest).flat().sort(compareNatural) };
}

/**
 * The sets of nodes that run in circles: strongly connected components of more than one node, and nodes wired to themselves
 * (Tarjan 1972, without recursion).
 */
export function cycles(graph: Graph, among: readonly string[]): readonly (readonly string[])[] {
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const open: string[] = [];
  const isOpen = new Set<string>();
  const found: string[][] = [];
  const visit = (id: string) => {
    index.set(id, index.size);
    low.set(id, index.size - 1);
    open.push(id);
    isOpen.add(id);
    return { id, edges: outgoingEdges(graph, id), next: 0 };
  };
  const lower = (id: string, value: number) => low.set(id, Math.min(low.get(id) ?? value, value));
  for (const start of among) {
    if (index.has(start)) continue;
    const path = [visit(start)];
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const edge = top.edges[top.next++];
      if (edge !== undefined) {
        if (!index.has(edge.target)) path.push(visit(edge.target));
        else if (isOpen.has(edge.target)) lower(top.id, index.get(edge.target) ?? 0);
        continue;
      }
      path.pop();
      const parent = path.at(-1);
      if (parent !== undefined) lower(parent.id, low.get(top.id) ?? 0);
      if (low.get(top.id) !== index.get(top.id)) continue;
      const members = open.splice(open.indexOf(top.id));
      for (const member of members) isOpen.delete(member);
      if (members.length > 1 || top.edges.some((e) => e.target === top.id)) found.push(members);
    }
  }
  return found;
}
