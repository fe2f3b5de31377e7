import { findLayer } from '../../catalogue/index.ts';
import { blockPorts, type Edge, type Graph, type LayerNode, type LoomDocument } from '../../document/index.ts';
import type { Problem } from '../../errors.ts';
import { shorten } from '../../shorten.ts';
import { rootGraph } from '../mainGraph.ts';
import { checkDefinitions } from './definitions.ts';
import { edgeInto } from './edgeInto.ts';
import {
  type FlatGraph,
  type FlatOutput,
  type FlatUse,
  isWrapping,
  type Origin,
  type Place,
  type StarvedWire,
} from './flatGraph.ts';
import { badFormula } from './formulaProblems.ts';
import { type Instance, instancesOf } from './instances.ts';
import { substitute } from './values.ts';
import { arrivalFrom, type KnownWays } from './wiring.ts';

/** Expands a document again and again: what an edit does not reach comes back as the same objects. */
export type Expander = (document: LoomDocument) => FlatGraph;

/** What one graph at one place put into the flat one. */
interface Emitted {
  readonly source: Graph['nodes'];
  readonly names: string;
  readonly scopeKey: string;
  readonly nodes: readonly LayerNode[];
  readonly problems: readonly Problem[];
}

/** `onEmit` is called with the path of each graph whose nodes had to be made anew: its own repetition of the block alone after an edit in it. */
export function createExpander(onEmit?: (path: string) => void): Expander {
  let emitted: ReadonlyMap<string, Emitted> = new Map();
  let wires: ReadonlyMap<string, Edge> = new Map();
  let last: FlatGraph | null = null;
  return (document) => {
    const root = rootGraph(document);
    if (!holdsBlocks(root)) return plainGraph(root);
    const problems: Problem[] = [];
    const main = instancesOf(document, root, checkDefinitions(document), problems);
    const collected = { nodes: new Map<string, LayerNode>(), edges: new Map<string, Edge>() };
    const origins = new Map<string, Origin>();
    const uses = new Map<string, FlatUse>();
    const starved = new Map<string, StarvedWire>();
    const next = new Map<string, Emitted>();
    const all = instancesBelow(main);
    for (const instance of all) {
      const made = emit(instance, emitted.get(instance.path), onEmit);
      next.set(instance.path, made);
      problems.push(...made.problems);
      for (const node of made.nodes) {
        if (collected.nodes.has(node.id)) problems.push(clash(node));
        collected.nodes.set(node.id, node);
      }
      if (instance.within !== null) addOrigins(instance, origins);
    }
    const ways: KnownWays = new Map();
    const places = new Map<string, Place>();
    const ports = new Map<string, FlatOutput | null>();
    for (const instance of all) {
      if (instance.within !== null) {
        places.set(instance.path, { graph: instance.graph.id, uses: instance.uses });
        addPorts(instance, ways, ports);
      }
      addWires(instance, ways, wires, collected, starved);
      for (const [id, repetitions] of instance.children)
        uses.set(instance.path + id, expandedUse(instance, id, repetitions, ways));
    }
    emitted = next;
    wires = collected.edges;
    const graph = {
      id: root.id,
      nodes: sameOr(last?.graph.nodes, collected.nodes),
      edges: sameOr(last?.graph.edges, collected.edges),
    };
    last = { graph, origins, uses, places: samePlaces(last?.places, places), ports, starved, problems };
    return last;
  };
}

const expanded = new WeakMap<LoomDocument, FlatGraph>();

/** What a document describes as one flat graph. Pure: the same document gives the same object. */
export function expand(document: LoomDocument): FlatGraph {
  const known = expanded.get(document);
  if (known !== undefined) return known;
  const flat = createExpander()(document);
  expanded.set(document, flat);
  return flat;
}

const plain = new WeakMap<Graph, FlatGraph>();
const wrapped = new WeakMap<Graph['nodes'], boolean>();

function holdsBlocks({ nodes }: Graph): boolean {
  let holds = wrapped.get(nodes);
  if (holds === undefined) {
    holds = Object.values(nodes).some(isWrapping);
    wrapped.set(nodes, holds);
  }
  return holds;
}

/** One object, so that two graphs without blocks have the same places. */
const NO_PLACES: ReadonlyMap<string, Place> = new Map();

/** A graph without blocks is its own flat graph. */
function plainGraph(graph: Graph): FlatGraph {
  let flat = plain.get(graph);
  if (flat === undefined) {
    flat = {
      graph,
      origins: new Map(),
      uses: new Map(),
      places: NO_PLACES,
      ports: new Map(),
      starved: new Map(),
      problems: [],
    };
    plain.set(graph, flat);
  }
  return flat;
}

/** Outer ones first, each with what stands in it right behind it. */
function instancesBelow(instance: Instance): readonly Instance[] {
  const all = [instance];
  for (let i = 0; i < all.length; i++) for (const children of all[i]?.children.values() ?? []) all.push(...children);
  return all;
}

function emit(instance: Instance, before: Emitted | undefined, onEmit?: (path: string) => void): Emitted {
  const { graph, path, names, scope, scopeKey } = instance;
  const same = before?.source === graph.nodes && before.names === names && before.scopeKey === scopeKey;
  // A use that came to be expanded, or not any more, leaves or enters the nodes though its graph is the same.
  const kept = Object.values(graph.nodes).filter(
    (node) => !instance.children.has(node.id) && !(instance.within !== null && isPort(instance, node)),
  );
  if (same && kept.length === before.nodes.length) return before;
  onEmit?.(path);
  const problems: Problem[] = [];
  const nodes = kept.map((node): LayerNode => {
    if (instance.within === null) return node;
    const { params, faults } = substitute(node.params, scope);
    for (const [param, bad] of faults)
      problems.push(badFormula(node, path + node.id, param, labelOf(node, param), bad));
    return { ...node, params, id: path + node.id, name: names + node.name };
  });
  return { source: graph.nodes, names, scopeKey, nodes, problems };
}

function isPort({ graph }: Instance, node: LayerNode): boolean {
  const { inputs, outputs } = blockPorts(graph);
  return inputs.includes(node) || outputs.includes(node);
}

function addOrigins(instance: Instance, origins: Map<string, Origin>): void {
  const { graph, path, uses } = instance;
  for (const node of Object.keys(graph.nodes)) origins.set(path + node, { graph: graph.id, node, uses });
  for (const edge of Object.keys(graph.edges)) origins.set(path + edge, { graph: graph.id, node: edge, uses });
}

/** The wires into the layers of one instance, wherever they come from. */
function addWires(
  instance: Instance,
  ways: KnownWays,
  before: ReadonlyMap<string, Edge>,
  { nodes, edges }: { readonly nodes: ReadonlyMap<string, LayerNode>; readonly edges: Map<string, Edge> },
  starved: Map<string, StarvedWire>,
): void {
  const { graph, path } = instance;
  for (const edge of Object.values(graph.edges)) {
    const target = path + edge.target;
    if (!nodes.has(target) || instance.children.has(edge.target)) continue;
    const arrival = arrivalFrom(instance, edge.source, edge.sourcePort, ways);
    if ('open' in arrival) {
      starved.set(path + edge.id, { target, targetPort: edge.targetPort, open: arrival.open });
      continue;
    }
    const { node: source, port: sourcePort } = arrival.from;
    const id = path + edge.id;
    const known = before.get(id);
    const same =
      known !== undefined &&
      known.source === source &&
      known.sourcePort === sourcePort &&
      known.target === target &&
      known.targetPort === edge.targetPort &&
      known.order === edge.order;
    const unchanged = source === edge.source && sourcePort === edge.sourcePort && path === '';
    edges.set(id, unchanged ? edge : same ? known : { ...edge, id, source, sourcePort, target });
  }
}

function addPorts(instance: Instance, ways: KnownWays, ports: Map<string, FlatOutput | null>): void {
  const { graph, path } = instance;
  const { inputs, outputs } = blockPorts(graph);
  const passing = (node: string, port: string) => {
    const arrival = arrivalFrom(instance, node, port, ways);
    return 'from' in arrival ? arrival.from : null;
  };
  for (const { id } of inputs) ports.set(path + id, passing(id, 'out'));
  for (const { id } of outputs) {
    const wire = edgeInto(graph, id, 'in');
    ports.set(path + id, wire === undefined ? null : passing(wire.source, wire.sourcePort));
  }
}

function expandedUse(instance: Instance, id: string, repetitions: readonly Instance[], ways: KnownWays): FlatUse {
  const [first] = repetitions;
  const ports = first === undefined ? { inputs: [], outputs: [] } : blockPorts(first.graph);
  const end = (at: Instance, node: string, port: string) => {
    const arrival = arrivalFrom(at, node, port, ways);
    return 'from' in arrival ? arrival.from : null;
  };
  return {
    origin: { graph: instance.graph.id, node: id, uses: instance.uses },
    inputs: first === undefined ? [] : ports.inputs.map((port) => end(first, port.id, 'out')),
    outputs: ports.outputs.map((port) => end(instance, id, port.id)),
  };
}

/** The object of before where it holds the same, so that what was worked out for it lasts. */
function sameOr<T>(
  before: { readonly [id: string]: T } | undefined,
  now: ReadonlyMap<string, T>,
): { readonly [id: string]: T } {
  const same =
    before !== undefined &&
    Object.keys(before).length === now.size &&
    [...now].every(([id, value]) => before[id] === value);
  return same ? before : Object.fromEntries(now);
}

/** What a layer calls one of its parameters, in the middle of a sentence. */
function labelOf({ type }: LayerNode, param: string): string {
  const label: unknown = findLayer(type)?.params[param]?.label;
  return typeof label === 'string' ? `its ${label.toLowerCase()}` : shorten(param);
}

/** Those of before where definitions stand at the same places. */
function samePlaces(
  before: ReadonlyMap<string, Place> | undefined,
  now: ReadonlyMap<string, Place>,
): ReadonlyMap<string, Place> {
  const same = before?.size === now.size && [...now].every(([path, { graph }]) => before.get(path)?.graph === graph);
  return same ? before : now;
}

function clash(node: LayerNode): Problem {
  return {
    code: 'block-id-clash',
    severity: 'error',
    title: 'Block',
    message: `Two layers have the path “${shorten(node.id)}”: the id of one looks like a path into a block. The file was written by hand; give that node a plain id.`,
    nodeId: node.id,
  };
}
