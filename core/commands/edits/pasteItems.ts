import { blockPorts, type Graph } from '../../document/index.ts';
import { CARD, canConnect, createNamer, type Graphs, namesIn, nodeById, PITCH, portsOf } from '../../graph/index.ts';
import type { Clipboard } from '../clipboard.ts';
import { copyItems, readClipboard } from '../clipboard.ts';
import { type DocumentDraft, defineCommand, refuse } from '../defineCommand.ts';
import { adoptDefinitions, requireNoRing, usedGraph, usingGraph } from '../steps/definitions.ts';
import { isPort } from '../steps/layout.ts';
import { type GraphDraft, graphOf, type NodeDraft, nextId, plain, plainGraphs, requireNode } from '../steps/nodes.ts';
import { isTaken, type Position } from '../steps/room.ts';
import { addWire, wiresInto } from '../steps/wires.ts';

/**
 * Pastes copied layers, centred on `position`, or without one below the originals. Names that are taken get the next number.
 * Wires between them come along; wires from other layers too, where those layers are in this graph. Refusal: `not-layers`.
 */
export const pasteItems = defineCommand({
  name: 'pasteItems',
  run(draft, { graph, text, position }) {
    const created = paste(draft, graphOf(draft, graph), text, position);
    return { label: created.length === 1 ? 'Paste layer' : `Paste ${created.length} layers`, created };
  },
});

/** Copies layers within the graph, below the originals. */
export const duplicateItems = defineCommand({
  name: 'duplicateItems',
  run(draft, { graph: id, nodeIds }) {
    const graph = graphOf(draft, id);
    for (const nodeId of nodeIds) requireNode(graph, nodeId);
    const created = paste(draft, graph, copyItems(plain(graph), nodeIds, plainGraphs(draft)), null);
    return { label: created.length === 1 ? 'Duplicate layer' : `Duplicate ${created.length} layers`, created };
  },
});

function paste(draft: DocumentDraft, graph: GraphDraft, text: string, position: Position | null): readonly string[] {
  const read = readClipboard(text);
  if (!read.ok) return refuse(read.error.code, read.error.title, read.error.message);
  const clipboard = adopt(draft, graph, read.value);
  const graphs = plainGraphs(draft);
  const before = plain(graph);
  const shift = shiftFor(graph, clipboard, position);
  const names = namesIn(before);
  const freeName = createNamer(names);
  const ids = new Map<string, string>();
  for (const node of clipboard.nodes) {
    const id = nextId(graph.nodes, 'n');
    const name = freeName(node.name);
    names.add(name);
    ids.set(node.id, id);
    const copy = { ...node, id, name, position: { x: node.position.x + shift.x, y: node.position.y + shift.y } };
    graph.nodes[id] = copy as NodeDraft;
  }
  portsBehindOthers(graph, before, ids.values());
  const outside = clipboard.incoming.flatMap(({ edge, sourceType, sourceName }) => {
    const source =
      clipboard.graph === undefined || clipboard.graph === graph.id ? nodeById(before, edge.source) : undefined;
    return source?.type === sourceType && source.name === sourceName ? [{ edge, from: source.id }] : [];
  });
  const inside = clipboard.edges.flatMap((edge) => {
    const from = ids.get(edge.source);
    return from === undefined ? [] : [{ edge, from }];
  });
  // In the order the wires had at the originals, so that a Concatenate joins the same way round.
  for (const { edge, from } of [...outside, ...inside].sort((a, b) => a.edge.order - b.edge.order)) {
    const target = ids.get(edge.target);
    if (target !== undefined)
      rewire(graph, graphs, { source: from, sourcePort: edge.sourcePort, target, targetPort: edge.targetPort });
  }
  return [...ids.values()];
}

/** The layers as they can stand in this graph: definitions that they use are in the document, and ports stay out of the main graph. */
function adopt(draft: DocumentDraft, graph: GraphDraft, clipboard: Clipboard): Clipboard {
  const fitting = clipboard.nodes.filter((node) => graph.id !== draft.root || !isPort(node));
  if (fitting.length === 0)
    refuse(
      'block-port-outside',
      'No block',
      'These are ports of a block, and this is the main graph. Enter a block, and paste them there.',
    );
  const definitions = adoptDefinitions(draft, clipboard.definitions);
  const nodes = fitting.map((node) => {
    const used = usedGraph(node);
    if (used === null) return node;
    const own = definitions.get(used) ?? used;
    requireNoRing(draft, graph.id, own);
    return usingGraph(node, own);
  });
  return { ...clipboard, nodes };
}

/** Pasted ports follow those that there were, in their own order. */
function portsBehindOthers(graph: GraphDraft, before: Graph, pasted: Iterable<string>): void {
  const known = blockPorts(before);
  const added = new Set(pasted);
  const all = blockPorts(plain(graph));
  for (const side of ['inputs', 'outputs'] as const)
    for (const [place, { id }] of all[side].filter((port) => added.has(port.id)).entries())
      requireNode(graph, id).params.order = known[side].length + place;
}

/** Draws a pasted wire where the rules allow it; text from elsewhere may ask for circles, or for ports that are taken. */
function rewire(graph: GraphDraft, graphs: Graphs, wire: Parameters<typeof addWire>[1]): void {
  const port = portsOf(requireNode(graph, wire.target), graphs).inputs.find((input) => input.name === wire.targetPort);
  if (port?.arity === 'one' && wiresInto(graph, wire.target, wire.targetPort).length > 0) return;
  const allowed = canConnect(
    plain(graph),
    { nodeId: wire.source, port: wire.sourcePort },
    { nodeId: wire.target, port: wire.targetPort },
    graphs,
  );
  if (allowed.ok) addWire(graph, wire);
}

function shiftFor(graph: GraphDraft, { nodes }: Clipboard, position: Position | null): Position {
  const xs = nodes.map((node) => node.position.x);
  const ys = nodes.map((node) => node.position.y);
  const [left, right] = [Math.min(...xs), Math.max(...xs) + CARD.width];
  const [top, bottom] = [Math.min(...ys), Math.max(...ys) + CARD.height];
  if (position !== null) return { x: position.x - (left + right) / 2, y: position.y - (top + bottom) / 2 };
  const height = Math.ceil((bottom - top) / PITCH.y) * PITCH.y;
  for (let times = 1; times < 100; times++) {
    const y = times * height;
    if (!nodes.some((node) => isTaken(graph, { x: node.position.x, y: node.position.y + y }))) return { x: 0, y };
  }
  return { x: 0, y: height };
}
