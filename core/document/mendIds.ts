import type { Problem } from '../errors.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import { shorten } from '../shorten.ts';
import { BLOCK } from './blocks.ts';
import { isId } from './schema.ts';

/**
 * Gives graphs, layers and wires whose key is no id (empty, longer than 64 characters, with control characters) a fresh one, before
 * the schema looks at them, and lets the root, uses of blocks and all wires follow; each is a warning. What is not a document's shape
 * is left to the schema. Ids inside that contradict their key follow the key, as everywhere.
 */
export function mendIds(raw: JsonObject, problems: Problem[]): JsonObject {
  if (!isObject(raw.graphs)) return raw;
  const entries = Object.entries(raw.graphs);
  // A use of a block that is not there must not come to be one of a graph that is.
  const used = entries.flatMap(([, graph]) => Object.values(nodesOf(graph)).map(usedGraph));
  const ids = freshIds(Object.keys(raw.graphs), [raw.root, ...used], 'g');
  const nodeIds = new Map(entries.map(([key, graph]) => [key, freshNodeIds(graph)]));
  const graphs: { [id: string]: JsonValue } = {};
  for (const [key, graph] of entries) {
    const id = ids.get(key) ?? key;
    if (id !== key) problems.push(renamed('graph', key, id));
    graphs[id] = isObject(graph)
      ? mendGraph(graph, id, { ids, nodeIds, own: nodeIds.get(key) ?? NONE }, problems)
      : graph;
  }
  const root = typeof raw.root === 'string' ? (ids.get(raw.root) ?? raw.root) : raw.root;
  return { ...raw, graphs, ...(root === undefined ? {} : { root }) };
}

type Renamed = ReadonlyMap<string, string>;
const NONE: Renamed = new Map();

/** Fresh ids of everything that ids inside a graph can speak of. */
interface Fresh {
  /** Of graphs. */
  readonly ids: Renamed;
  /** Of the nodes of each graph, by the graph's key. */
  readonly nodeIds: ReadonlyMap<string, Renamed>;
  /** Of this graph's nodes. */
  readonly own: Renamed;
}

const nodesOf = (graph: JsonValue | undefined): JsonObject =>
  isObject(graph) && isObject(graph.nodes) ? graph.nodes : {};

/** The key of the graph that a node uses as a block. */
function usedGraph(node: JsonValue | undefined): string | undefined {
  if (!isObject(node) || node.type !== BLOCK || !isObject(node.params)) return undefined;
  return typeof node.params.graph === 'string' ? node.params.graph : undefined;
}

function freshNodeIds(graph: JsonValue | undefined): Renamed {
  const edges = isObject(graph) && isObject(graph.edges) ? graph.edges : {};
  // What a wire that leads nowhere names must not come to be: it would lead somewhere then.
  const named = Object.values(edges).flatMap((edge) => (isObject(edge) ? [edge.source, edge.target] : []));
  return freshIds(Object.keys(nodesOf(graph)), named, 'n');
}

function mendGraph(
  graph: JsonObject,
  id: string,
  { ids, nodeIds: all, own: nodeIds }: Fresh,
  problems: Problem[],
): JsonObject {
  const nodes = nodesOf(graph);
  const edges = isObject(graph.edges) ? graph.edges : {};
  // Wires at a use of a block name its ports by the ids of nodes in the definition.
  const portsAt = (end: JsonValue | undefined) =>
    all.get((typeof end === 'string' ? usedGraph(nodes[end]) : undefined) ?? '') ?? NONE;
  const mendedNodes: { [id: string]: JsonValue } = {};
  for (const [key, node] of Object.entries(nodes)) {
    const fresh = nodeIds.get(key) ?? key;
    if (fresh !== key) problems.push(renamed('layer', key, fresh));
    // A strange id inside a sound key would fail the schema; a sound one that differs is told of later.
    const sound = isObject(node) && (fresh !== key || !isSoundId(node.id)) ? { ...node, id: fresh } : node;
    mendedNodes[fresh] = followGraph(sound, ids);
  }
  const edgeIds = freshIds(Object.keys(edges), [], 'e');
  const mendedEdges: { [id: string]: JsonValue } = {};
  for (const [key, edge] of Object.entries(edges)) {
    const fresh = edgeIds.get(key) ?? key;
    if (fresh !== key) problems.push(renamed('wire', key, fresh));
    const wire = isObject(edge) ? followPorts(edge, portsAt(edge.source), portsAt(edge.target)) : edge;
    const mended = isObject(wire) ? mendEdge(wire, fresh, fresh !== key, nodeIds) : wire;
    if (isObject(mended) && !(isSoundId(mended.source) && isSoundId(mended.target))) {
      problems.push(lost(mended));
      continue;
    }
    mendedEdges[fresh] = mended;
  }
  return {
    ...graph,
    ...(isObject(graph.nodes) ? { nodes: mendedNodes } : {}),
    ...(isObject(graph.edges) ? { edges: mendedEdges } : {}),
    id: typeof graph.id === 'string' ? id : (graph.id ?? id),
  };
}

/** A use of a block whose graph has a fresh id uses that. */
function followGraph(node: JsonValue, ids: Renamed): JsonValue {
  const fresh = ids.get(usedGraph(node) ?? '');
  if (fresh === undefined || !isObject(node) || !isObject(node.params)) return node;
  return { ...node, params: { ...node.params, graph: fresh } };
}

function followPorts(edge: JsonObject, source: Renamed, target: Renamed): JsonObject {
  const from = source.get(String(edge.sourcePort));
  const to = target.get(String(edge.targetPort));
  return { ...edge, ...(from !== undefined && { sourcePort: from }), ...(to !== undefined && { targetPort: to }) };
}

function mendEdge(edge: JsonObject, id: string, fresh: boolean, nodeIds: ReadonlyMap<string, string>): JsonObject {
  const follow = (end: JsonValue | undefined): JsonValue =>
    typeof end === 'string' ? (nodeIds.get(end) ?? end) : (end ?? null);
  return {
    ...edge,
    ...(fresh || !isSoundId(edge.id) ? { id } : {}),
    source: follow(edge.source),
    target: follow(edge.target),
  };
}

/** For each key that is no id, an id that none of them has and none of `named` asks for. */
function freshIds(
  keys: readonly string[],
  named: readonly (JsonValue | undefined)[],
  stem: string,
): ReadonlyMap<string, string> {
  const taken = new Set<JsonValue | undefined>([...keys, ...named]);
  const fresh = new Map<string, string>();
  let next = 1;
  for (const key of keys) {
    if (isId(key)) continue;
    while (taken.has(`${stem}${next}`)) next++;
    taken.add(`${stem}${next}`);
    fresh.set(key, `${stem}${next}`);
  }
  return fresh;
}

/** True also for what is no text at all: that is damage, which the schema reports. */
function isSoundId(id: JsonValue | undefined): boolean {
  return typeof id !== 'string' || isId(id);
}

function renamed(what: string, key: string, id: string): Problem {
  return warning(
    'document-id',
    `A ${what} was filed under ${quote(key)}, which cannot be an id (1 to 64 characters, no control characters); it is now “${id}”.`,
  );
}

function lost({ source, target }: JsonObject): Problem {
  return warning(
    'document-dangling-wire',
    `A wire from ${quote(source)} to ${quote(target)} was left out, because there is no such layer.`,
  );
}

function warning(code: string, message: string): Problem {
  return { code, severity: 'warning', title: 'Mended on opening', message };
}

function quote(value: JsonValue | undefined): string {
  return `“${shorten(typeof value === 'string' ? value : JSON.stringify(value ?? null), 40)}”`;
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
