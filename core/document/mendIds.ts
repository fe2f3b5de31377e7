import type { Problem } from '../errors.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import { shorten } from '../shorten.ts';
import { isId } from './schema.ts';

/**
 * Gives graphs, layers and wires whose key is no id (empty, longer than 64 characters, with control characters) a fresh one, before
 * the schema looks at them, and lets the root and all wires follow; each is a warning. What is not a document's shape is left to the
 * schema. Ids inside that contradict their key follow the key, as everywhere.
 */
export function mendIds(raw: JsonObject, problems: Problem[]): JsonObject {
  if (!isObject(raw.graphs)) return raw;
  const ids = freshIds(Object.keys(raw.graphs), [raw.root], 'g');
  const graphs: { [id: string]: JsonValue } = {};
  for (const [key, graph] of Object.entries(raw.graphs)) {
    const id = ids.get(key) ?? key;
    if (id !== key) problems.push(renamed('graph', key, id));
    graphs[id] = isObject(graph) ? mendGraph(graph, id, problems) : graph;
  }
  const root = typeof raw.root === 'string' ? (ids.get(raw.root) ?? raw.root) : raw.root;
  return { ...raw, graphs, ...(root === undefined ? {} : { root }) };
}

function mendGraph(graph: JsonObject, id: string, problems: Problem[]): JsonObject {
  const nodes = isObject(graph.nodes) ? graph.nodes : {};
  const edges = isObject(graph.edges) ? graph.edges : {};
  // What a wire that leads nowhere names must not come to be: it would lead somewhere then.
  const named = Object.values(edges).flatMap((edge) => (isObject(edge) ? [edge.source, edge.target] : []));
  const nodeIds = freshIds(Object.keys(nodes), named, 'n');
  const mendedNodes: { [id: string]: JsonValue } = {};
  for (const [key, node] of Object.entries(nodes)) {
    const fresh = nodeIds.get(key) ?? key;
    if (fresh !== key) problems.push(renamed('layer', key, fresh));
    // A strange id inside a sound key would fail the schema; a sound one that differs is told of later.
    mendedNodes[fresh] = isObject(node) && (fresh !== key || !isSoundId(node.id)) ? { ...node, id: fresh } : node;
  }
  const edgeIds = freshIds(Object.keys(edges), [], 'e');
  const mendedEdges: { [id: string]: JsonValue } = {};
  for (const [key, edge] of Object.entries(edges)) {
    const fresh = edgeIds.get(key) ?? key;
    if (fresh !== key) problems.push(renamed('wire', key, fresh));
    const mended = isObject(edge) ? mendEdge(edge, fresh, fresh !== key, nodeIds) : edge;
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
