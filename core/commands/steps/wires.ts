import type { Draft } from 'immer';
import { compareNatural, type Edge } from '../../document/index.ts';
import { canConnect, firstInput, firstOutput, type Graphs, portsOf } from '../../graph/index.ts';
import { refuse } from '../defineCommand.ts';
import { type GraphDraft, type NodeDraft, nextId, plain, requireNode } from './nodes.ts';

export type EdgeDraft = Draft<Edge>;

export function requireEdge(graph: GraphDraft, edgeId: string): EdgeDraft {
  const edge = Object.hasOwn(graph.edges, edgeId) ? graph.edges[edgeId] : undefined;
  if (edge === undefined)
    return refuse(
      'no-such-wire',
      'No such wire',
      `There is no wire with the id “${edgeId}”. It may have been removed.`,
    );
  return edge;
}

/** Wires into a node, or into one port of it, in order. */
export function wiresInto(graph: GraphDraft, nodeId: string, port?: string): EdgeDraft[] {
  return Object.values(graph.edges)
    .filter((edge) => edge.target === nodeId && (port === undefined || edge.targetPort === port))
    .sort((a, b) => a.order - b.order || compareNatural(a.id, b.id));
}

export function wiresOutOf(graph: GraphDraft, nodeId: string): EdgeDraft[] {
  return Object.values(graph.edges)
    .filter((edge) => edge.source === nodeId)
    .sort((a, b) => compareNatural(a.id, b.id));
}

/** Adds a wire at the end of its port, without asking whether it may be there. */
export function addWire(
  graph: GraphDraft,
  wire: Pick<Edge, 'source' | 'sourcePort' | 'target' | 'targetPort'>,
): EdgeDraft {
  const id = nextId(graph.edges, 'e');
  graph.edges[id] = { id, ...wire, order: wiresInto(graph, wire.target, wire.targetPort).length };
  return requireEdge(graph, id);
}

/** Removes a wire and closes the gap in the order of its port. */
export function removeWire(graph: GraphDraft, edgeId: string): void {
  const { target, targetPort } = requireEdge(graph, edgeId);
  delete graph.edges[edgeId];
  renumber(wiresInto(graph, target, targetPort));
}

/** Gives the wires of one port the orders 0, 1, 2, ... in the sequence given. */
export function renumber(wires: readonly EdgeDraft[]): void {
  wires.forEach((wire, order) => {
    if (wire.order !== order) wire.order = order;
  });
}

/** Draws a wire if the rules allow it. A single input that is taken gives up its old wire. */
export function connectPorts(
  graph: GraphDraft,
  wire: Pick<Edge, 'source' | 'sourcePort' | 'target' | 'targetPort'>,
  graphs: Graphs,
): EdgeDraft {
  const allowed = canConnect(
    plain(graph),
    { nodeId: wire.source, port: wire.sourcePort },
    { nodeId: wire.target, port: wire.targetPort },
    graphs,
  );
  if (!allowed.ok) refuse(allowed.error.code, allowed.error.title, allowed.error.message);
  const target = requireNode(graph, wire.target);
  const port = portsOf(target, graphs).inputs.find((input) => input.name === wire.targetPort);
  if (port?.arity === 'one')
    for (const old of wiresInto(graph, wire.target, wire.targetPort)) removeWire(graph, old.id);
  return addWire(graph, wire);
}

/** The port a layer put into a chain is entered by, or a refusal. */
export function requireInput(node: NodeDraft, graphs: Graphs): string {
  const port = firstInput(node, graphs);
  if (port === null)
    return refuse(
      'no-such-port',
      'Cannot insert',
      'An Input is where samples enter the network, so nothing can come before it.',
    );
  return port.name;
}

/** The port a layer put into a chain is left by, or a refusal. */
export function requireOutput(node: NodeDraft, graphs: Graphs): string {
  const port = firstOutput(node, graphs);
  if (port === null)
    return refuse('no-such-port', 'Cannot insert', 'An Output is where the network ends, so nothing can follow it.');
  return port.name;
}
