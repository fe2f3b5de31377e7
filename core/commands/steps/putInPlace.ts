import {
  BLOCK_OUTPUT,
  type BlockUse,
  blockPorts,
  compareNatural,
  type Edge,
  type Graph,
  type LayerNode,
} from '../../document/index.ts';
import { createNamer, namesIn } from '../../graph/index.ts';
import { bindingsOf, boundParams } from './formulas.ts';
import { isPort } from './layout.ts';
import { type GraphDraft, type NodeDraft, nextId, plain } from './nodes.ts';
import { placesFor } from './places.ts';
import { removeWire, renumber, wiresInto, wiresOutOf } from './wires.ts';

/** A use of a block that is to give way to its layers. */
export interface GivesWay {
  readonly node: LayerNode;
  readonly use: BlockUse;
  readonly definition: Graph;
  /** Whether it stands in the main graph, whose layers have no formulas. */
  readonly inMain: boolean;
}

/** Where a wire comes from; null where nothing arrives. */
type Origin = Pick<Edge, 'source' | 'sourcePort'> | null;

/** Puts the layers of a definition in place of one of its uses, repetition by repetition; their ids. */
export function putInPlace(graph: GraphDraft, given: GivesWay): readonly string[] {
  const { node, use, definition } = given;
  const layers = Object.values(definition.nodes)
    .filter((inner) => !isPort(inner))
    .sort((a, b) => compareNatural(a.id, b.id));
  const placeOf = placesFor(graph, node, layers, use.repeat);
  const { inputs, outputs } = blockPorts(definition);
  const leavingUse = wiresOutOf(graph, node.id).map(({ id, sourcePort }) => ({ id, sourcePort }));
  let entering = new Map<string, Origin>(
    wiresInto(graph, node.id).map(({ targetPort, source, sourcePort }) => [targetPort, { source, sourcePort }]),
  );
  for (const { id } of wiresInto(graph, node.id)) delete graph.edges[id];
  delete graph.nodes[node.id];

  const taken = namesIn(plain(graph));
  const freeName = createNamer(taken);
  const created: string[] = [];
  let leaving = new Map<string, Origin>();
  for (let iteration = 0; iteration < use.repeat; iteration++) {
    const bindings = bindingsOf(given, graph.parameters as Graph['parameters'], iteration);
    const ids = new Map<string, string>();
    for (const inner of layers) {
      const id = Object.hasOwn(graph.nodes, inner.id) ? nextId(graph.nodes, 'n') : inner.id;
      const name = freeName(inner.name);
      taken.add(name);
      ids.set(inner.id, id);
      const params = boundParams(inner, definition, bindings, given.inMain);
      graph.nodes[id] = { ...inner, id, name, params, position: placeOf(inner, iteration) } as NodeDraft;
      created.push(id);
    }
    const originOf = ({ source, sourcePort }: Edge): Origin => {
      const own = ids.get(source);
      return own === undefined ? (entering.get(source) ?? null) : { source: own, sourcePort };
    };
    leaving = new Map();
    const touched = new Set<string>();
    for (const wire of Object.values(definition.edges).sort((a, b) => compareNatural(a.id, b.id))) {
      const origin = originOf(wire);
      const target = ids.get(wire.target);
      if (definition.nodes[wire.target]?.type === BLOCK_OUTPUT) leaving.set(wire.target, origin);
      if (target === undefined) continue;
      if (origin === null) {
        touched.add(target);
        continue;
      }
      const id = Object.hasOwn(graph.edges, wire.id) ? nextId(graph.edges, 'e') : wire.id;
      graph.edges[id] = { ...wire, id, ...origin, target };
    }
    for (const id of touched) closeGaps(graph, id);
    entering = new Map(inputs.map(({ id }, i) => [id, leaving.get(outputs[i]?.id ?? '') ?? null]));
  }
  for (const { id, sourcePort } of leavingUse) {
    const origin = leaving.get(sourcePort) ?? null;
    if (origin === null) removeWire(graph, id);
    else Object.assign(graph.edges[id] ?? {}, origin);
  }
  return created;
}

/** Numbers the wires of each port of a node without gaps. */
function closeGaps(graph: GraphDraft, nodeId: string): void {
  const ports = new Set(wiresInto(graph, nodeId).map(({ targetPort }) => targetPort));
  for (const port of ports) renumber(wiresInto(graph, nodeId, port));
}
