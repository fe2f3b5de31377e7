import type { Edge, Graph, LayerNode } from '../../document/index.ts';
import { incomingEdges, nodeById, outgoingEdges, PITCH, reachable, residualRun } from '../../graph/index.ts';
import { defineCommand, refuse } from '../defineCommand.ts';
import { createNode } from '../steps/create.ts';
import { graphOf, plain, plainGraphs, requireNode } from '../steps/nodes.ts';
import { freePlace, shiftRight } from '../steps/room.ts';
import { addWire, requireInput, requireOutput, wiresOutOf } from '../steps/wires.ts';

/**
 * Leads a shortcut around a run of layers and adds it to what they make: y = x + F(x). `shortcut` are layers on it, for shapes that differ
 * (`residualEdit` proposes them). Refusals: those of `residualRun`.
 */
export const wrapResidual = defineCommand({
  name: 'wrapResidual',
  run(draft, { graph: id, nodeIds, shortcut = [] }) {
    const graph = graphOf(draft, id);
    for (const nodeId of nodeIds) requireNode(graph, nodeId);
    const run = residualRun(plain(graph), nodeIds, plainGraphs(draft));
    if (!run.ok) refuse(run.error.code, run.error.title, run.error.message);
    const { from, to } = run.value;
    const last = requireNode(graph, to.nodeId);
    const moved = wiresOutOf(graph, last.id).filter(
      (wire) => wire.sourcePort === to.port && !nodeIds.includes(wire.target),
    );
    const x = last.position.x + PITCH.x;
    for (const wire of moved) {
      const missing = x + PITCH.x - requireNode(graph, wire.target).position.x;
      if (missing > 0) shiftRight(graph, wire.target, missing);
    }
    const add = createNode(draft, graph, { type: 'Add', position: freePlace(graph, { x, y: last.position.y }) });
    const sum = requireInput(add, plainGraphs(draft));
    for (const wire of moved)
      Object.assign(wire, { source: add.id, sourcePort: requireOutput(add, plainGraphs(draft)) });
    addWire(graph, { source: last.id, sourcePort: to.port, target: add.id, targetPort: sum });
    const created = [add.id];
    let [source, sourcePort] = [from.nodeId, from.port];
    const below = Math.max(...nodeIds.map((nodeId) => requireNode(graph, nodeId).position.y)) + PITCH.y;
    for (const [place, { type, params }] of shortcut.entries()) {
      const at = { x: x - (shortcut.length - place) * PITCH.x, y: below };
      const node = createNode(draft, graph, { type, params, position: freePlace(graph, at) });
      const graphs = plainGraphs(draft);
      addWire(graph, { source, sourcePort, target: node.id, targetPort: requireInput(node, graphs) });
      [source, sourcePort] = [node.id, requireOutput(node, graphs)];
      created.push(node.id);
    }
    addWire(graph, { source, sourcePort, target: add.id, targetPort: sum });
    const what = nodeIds.length === 1 ? last.name : `${nodeIds.length} layers`;
    return { label: `Wrap ${what} as residual`, created };
  },
});

/**
 * Takes an Add and the shortcut that leads to it away: what read the sum reads the layers that it led around. Refused (`residual-none`) where
 * neither of its two inputs comes by a wire, or by projections alone, from where the other begins.
 */
export const unwrapResidual = defineCommand({
  name: 'unwrapResidual',
  run(draft, { graph: id, nodeId }) {
    const graph = graphOf(draft, id);
    const add = requireNode(graph, nodeId);
    const before = plain(graph);
    const wires = incomingEdges(before, nodeId);
    const found = add.type === 'Add' && wires.length === 2 ? shortcutAmong(before, wires) : null;
    if (found === null)
      return refuse(
        'residual-none',
        'No shortcut',
        `“${add.name}” does not add up layers and a shortcut around them, so there is none to take away. Choose an Add with two inputs, one of which leads past the layers of the other.`,
        { nodeId },
      );
    for (const wire of wiresOutOf(graph, nodeId))
      Object.assign(wire, { source: found.main.source, sourcePort: found.main.sourcePort });
    const gone = new Set([nodeId, ...found.layers]);
    for (const edge of Object.values(before.edges)) if (gone.has(edge.target)) delete graph.edges[edge.id];
    for (const one of gone) delete graph.nodes[one];
    return { label: `Unwrap ${add.name}` };
  },
});

/** Layers of a shortcut at most: a pooling, a projection, and its normalisation. */
const MOST_ON_SHORTCUT = 3;
const ON_SHORTCUT = /^(Dense|Conv[12]D|AveragePool[12]D|MaxPool[12]D|BatchNorm)$/;

/** Whether a layer only brings a shape to another: a projection, a pooling, a normalisation. */
function adapts(node: LayerNode | undefined): boolean {
  if (node === undefined || !ON_SHORTCUT.test(node.type)) return false;
  return !node.type.startsWith('Conv') || [node.params.kernelSize].flat().every((size) => size === 1);
}

/** Which of the two wires is the shortcut, and the layers on it: one without layers, or else the later, as `wrapResidual` draws it. */
function shortcutAmong(
  graph: Graph,
  wires: readonly Edge[],
): { readonly main: Edge; readonly layers: readonly string[] } | null {
  const ways = wires.flatMap((wire) => {
    const main = wires.find((other) => other !== wire);
    const layers = main && shortcutAlong(graph, wire, main);
    return main && layers ? [{ main, layers }] : [];
  });
  return ways.find(({ layers }) => layers.length === 0) ?? ways.at(-1) ?? null;
}

/** The layers between a wire's beginning and an output that the other wire's way comes from too; null where there is none. */
function shortcutAlong(graph: Graph, shortcut: Edge, main: Edge): readonly string[] | null {
  const above = reachable(graph, [main.source], 'up');
  const layers: string[] = [];
  for (let at = shortcut.source; ; ) {
    if (above.has(at)) return at === main.source ? null : layers;
    const [only, ...more] = incomingEdges(graph, at);
    const passes = only !== undefined && more.length === 0 && outgoingEdges(graph, at).length === 1;
    if (!passes || layers.length === MOST_ON_SHORTCUT || !adapts(nodeById(graph, at))) return null;
    layers.push(at);
    at = only.source;
  }
}
