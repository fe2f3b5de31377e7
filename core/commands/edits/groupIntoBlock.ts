import {
  BLOCK,
  BLOCK_INPUT,
  BLOCK_OUTPUT,
  compareNatural,
  type Edge,
  type Graph,
  type LayerNode,
} from '../../document/index.ts';
import { edit } from '../../edits.ts';
import { createNamer, type Graphs, namesIn, PITCH, portsOf, reachable } from '../../graph/index.ts';
import { defineCommand, refuse } from '../defineCommand.ts';
import { createNode } from '../steps/create.ts';
import { nextGraphId, nextTitle } from '../steps/definitions.ts';
import { boxAround, byPlace, isPort, middleOf } from '../steps/layout.ts';
import { type GraphDraft, graphOf, nextId, plain, plainGraphs, requireNode } from '../steps/nodes.ts';
import { parametersFor } from '../steps/parametersFor.ts';

/**
 * Moves layers into a new block and puts one use in their place. What enters from outside becomes an input of the block, once for each output it
 * comes from; what leaves an output of one of them. Layers, wires and places stay inside what they were, so that `expandBlock` gives them back.
 * Refusals: `nothing-selected`, `group-ends` (Inputs, Outputs, ports), `group-circle`, `group-repetition`.
 */
export const groupIntoBlock = defineCommand({
  name: 'groupIntoBlock',
  run(draft, { graph: id, nodeIds, name }) {
    const graph = graphOf(draft, id);
    const graphs = plainGraphs(draft);
    const before = plain(graph);
    const inside = new Set(nodeIds);
    const nodes = [...inside].map((nodeId) => before.nodes[requireNode(graph, nodeId).id]).filter((node) => !!node);
    if (nodes.length === 0)
      refuse('nothing-selected', 'Nothing to group', 'Select the layers that are to become a block first.');
    refuseEnds(nodes);
    refuseCircle(before, inside);
    const { parameters, values } = parametersFor(nodes, before, draft.root);
    const border = borderOf(before, inside, graphs);
    const definition = {
      id: nextGraphId(draft),
      name: name?.trim() || nextTitle(draft, 'Block'),
      ...(Object.keys(parameters).length > 0 && { parameters }),
      nodes: Object.fromEntries(nodes.map((node) => [node.id, structuredClone(node)])),
      edges: Object.fromEntries(border.kept.map((edge) => [edge.id, { ...edge }])),
    } as GraphDraft;
    draft.graphs[definition.id] = definition;
    // Before its layers go, so that no id is given twice.
    const use = createNode(draft, graph, {
      type: BLOCK,
      params: { graph: definition.id, values },
      position: middleOf(nodes),
    });
    for (const edge of border.kept) delete graph.edges[edge.id];
    for (const { id } of nodes) delete graph.nodes[id];
    addPorts(graph, definition, use.id, border);
    return {
      label: `Group ${nodes.length === 1 ? nodes[0]?.name : `${nodes.length} layers`} into a block`,
      created: [use.id],
    };
  },
});

/** An output of a node outside that wires enter from, or of one inside that wires leave from. */
interface Crossing {
  readonly source: LayerNode;
  readonly sourcePort: string;
  /** What its port is called, where that name is free. */
  readonly name: string;
  readonly wires: readonly Edge[];
}

interface Border {
  /** Wires that stand inside from then on, those that enter among them. */
  readonly kept: readonly Edge[];
  readonly entering: readonly Crossing[];
  readonly leaving: readonly Crossing[];
}

function borderOf({ nodes, edges }: Graph, inside: ReadonlySet<string>, graphs: Graphs): Border {
  const all = Object.values(edges).sort((a, b) => compareNatural(a.id, b.id));
  const crossings = (wires: readonly Edge[], suffix: string) => {
    const found = new Map<string, Crossing & { wires: Edge[] }>();
    for (const wire of wires) {
      const key = JSON.stringify([wire.source, wire.sourcePort]);
      const source = nodes[wire.source];
      if (source === undefined) continue;
      const { sourcePort } = wire;
      const name = `${outputName(source, sourcePort, graphs)}${suffix}`;
      const known = found.get(key) ?? { source, sourcePort, name, wires: [] };
      known.wires.push(wire);
      found.set(key, known);
    }
    const place = ({ source, sourcePort }: Crossing) =>
      portsOf(source, graphs).outputs.findIndex((port) => port.name === sourcePort);
    return [...found.values()].sort((a, b) => byPlace(a.source, b.source) || place(a) - place(b));
  };
  return {
    kept: all.filter((edge) => inside.has(edge.target)),
    entering: crossings(
      all.filter((edge) => inside.has(edge.target) && !inside.has(edge.source)),
      '',
    ),
    leaving: crossings(
      all.filter((edge) => inside.has(edge.source) && !inside.has(edge.target)),
      '_out',
    ),
  };
}

/** The layer's name, and which of its outputs where it has several. */
function outputName(node: LayerNode, port: string, graphs: Graphs): string {
  const { outputs } = portsOf(node, graphs);
  const label = outputs.length > 1 ? outputs.find((output) => output.name === port)?.label : undefined;
  return label === undefined ? node.name : `${node.name}_${label}`;
}

/** Gives the definition its ports and wires them, inside and outside. */
function addPorts(graph: GraphDraft, definition: GraphDraft, use: string, { entering, leaving }: Border): void {
  const { from, to } = boxAround(Object.values(plain(definition).nodes));
  const middle = (from.y + to.y) / 2;
  const taken = namesIn(plain(definition));
  const freeName = createNamer(taken);
  const addPort = (type: string, order: number, count: number, wanted: string): string => {
    const id = nextId(definition.nodes, 'n');
    const name = freeName(wanted);
    taken.add(name);
    const position = {
      x: type === BLOCK_INPUT ? from.x - PITCH.x : to.x + PITCH.x,
      y: middle + (order - (count - 1) / 2) * PITCH.y,
    };
    definition.nodes[id] = { id, type, typeVersion: 1, name, params: { order }, position };
    return id;
  };
  for (const [order, { source, sourcePort, name, wires }] of entering.entries()) {
    const port = addPort(BLOCK_INPUT, order, entering.length, name);
    for (const { id } of wires) Object.assign(definition.edges[id] ?? {}, { source: port, sourcePort: 'out' });
    const [{ id = '' } = {}] = wires;
    graph.edges[id] = { id, source: source.id, sourcePort, target: use, targetPort: port, order: 0 };
  }
  for (const [order, { source, sourcePort, name, wires }] of leaving.entries()) {
    const port = addPort(BLOCK_OUTPUT, order, leaving.length, name);
    const id = nextId(definition.edges, 'e');
    definition.edges[id] = { id, source: source.id, sourcePort, target: port, targetPort: 'in', order: 0 };
    for (const wire of wires) Object.assign(graph.edges[wire.id] ?? {}, { source: use, sourcePort: port });
  }
}

function refuseEnds(nodes: readonly LayerNode[]): void {
  const ends = nodes.filter((node) => isPort(node) || node.type === 'Input' || node.type === 'Output');
  const [first] = ends;
  if (first === undefined) return;
  const what = isPort(first) ? 'a port of the block it stands in' : `an ${first.type} of the network`;
  const rest = nodes.filter((node) => !ends.includes(node)).map(({ id }) => id);
  refuse(
    'group-ends',
    'Cannot group',
    `“${first.name}” is ${what}, which cannot stand in a block of its own. Leave ${ends.length === 1 ? 'it' : 'such layers'} out of the selection.`,
    {
      nodeId: first.id,
      ...(rest.length > 0 && {
        fixes: [{ label: 'Group the others', edit: edit('groupIntoBlock', { nodeIds: rest }) }],
      }),
    },
  );
}

/** Refuses a selection that a way leaves and comes back to: the use would feed itself. */
function refuseCircle(graph: Graph, inside: ReadonlySet<string>): void {
  const outside = (ids: ReadonlySet<string>) => [...ids].filter((id) => !inside.has(id));
  const above = reachable(graph, inside, 'up');
  const between = outside(reachable(graph, inside, 'down')).filter((id) => above.has(id));
  const [first] = between.flatMap((id) => graph.nodes[id] ?? []).sort(byPlace);
  if (first === undefined) return;
  const nodeIds = [...inside, ...between];
  refuse(
    'group-circle',
    'Cannot group',
    `“${first.name}” lies outside, on a way that leaves the selection and comes back into it, so the block would wait for its own output. Select ${between.length === 1 ? 'it' : `it and ${between.length - 1} more on that way`} too, or fewer layers.`,
    {
      nodeId: first.id,
      fixes: [
        {
          label: between.length === 1 ? `Group “${first.name}” too` : `Group these ${between.length} too`,
          edit: edit('groupIntoBlock', { nodeIds }),
        },
      ],
    },
  );
}
