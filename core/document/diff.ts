import type { JsonObject, JsonValue } from '../json.ts';
import type { Edge, Graph, LayerNode, LoomDocument } from './schema.ts';
import { withUnknownSettings } from './unknownSettings.ts';

/** One difference between two designs, as a person reads it. */
export interface DocumentChange {
  readonly kind: 'added' | 'removed' | 'changed';
  readonly what: 'layer' | 'wire' | 'parameter' | 'place' | 'setting';
  /** What it is about: the name of a layer, of both ends of a wire, of a setting with its place (`training.epochs`). */
  readonly subject: string;
  /** The parameter that changed, or `name`; empty where the subject says all. */
  readonly detail: string;
  /** Values before and after; undefined where there is none. */
  readonly before?: JsonValue;
  readonly after?: JsonValue;
}

/**
 * What makes `after` another design than `before`: layers and wires added and removed, names, parameters and places of layers that
 * changed, and every other value of the document (data, training, and what this version does not know). Layers are the same when their
 * id and type are. Empty exactly when both hold the same. Takes time linear in the size of both.
 */
export function diffDocuments(before: LoomDocument, after: LoomDocument): readonly DocumentChange[] {
  const graphs = [...new Set([...Object.keys(before.graphs), ...Object.keys(after.graphs)])];
  const several = graphs.length > 1;
  const ofGraphs = graphs.flatMap((id) =>
    diffGraphs(own(before.graphs, id), own(after.graphs, id), several ? `${id}: ` : ''),
  );
  // As they stand in their files: a choice of a newer version in its own place. Which document it is says nothing of what it holds.
  const { graphs: _, id: _id, ...restBefore } = withUnknownSettings(before);
  const { graphs: __, id: __id, ...restAfter } = withUnknownSettings(after);
  return [...ofGraphs, ...diffValues(restBefore, restAfter, '', 'setting')];
}

function diffGraphs(before: Graph | undefined, after: Graph | undefined, prefix: string): DocumentChange[] {
  const named = (node: LayerNode | undefined, id: string) => `${prefix}${node?.name || id}`;
  const changes: DocumentChange[] = [];
  for (const [id, old] of Object.entries(before?.nodes ?? {})) {
    const now = own(after?.nodes, id);
    if (now?.type !== old.type) changes.push(layer('removed', named(old, id), old));
    else changes.push(...diffLayer(named(old, id), old, now));
  }
  for (const [id, now] of Object.entries(after?.nodes ?? {}))
    if (own(before?.nodes, id)?.type !== now.type) changes.push(layer('added', named(now, id), now));
  changes.push(...diffWires(before, after, prefix));
  changes.push(
    ...diffValues(restOfGraph(before), restOfGraph(after), prefix === '' ? 'graph' : prefix.slice(0, -2), 'setting'),
  );
  return changes;
}

function layer(kind: 'added' | 'removed', subject: string, node: LayerNode): DocumentChange {
  return { kind, what: 'layer', subject, detail: node.type };
}

function diffLayer(subject: string, before: LayerNode, after: LayerNode): DocumentChange[] {
  const { params: oldParams, position: oldPlace, ...oldRest } = before;
  const { params, position, ...rest } = after;
  const changes = [
    ...diffMembers(asJson(oldRest), asJson(rest), subject, 'parameter'),
    ...diffMembers(asJson(oldParams), asJson(params), subject, 'parameter'),
  ];
  if (!same(asJson(oldPlace), asJson(position)))
    changes.push({
      kind: 'changed',
      what: 'place',
      subject,
      detail: 'position',
      before: asJson(oldPlace),
      after: asJson(position),
    });
  return changes;
}

/** Wires by what they join: their ids say nothing to a person, and two windows give the same id to different wires. */
function diffWires(before: Graph | undefined, after: Graph | undefined, prefix: string): DocumentChange[] {
  const old = wiresOf(before);
  const now = wiresOf(after);
  const describe = (graph: Graph | undefined, edge: Edge) => {
    const name = (id: string) => own(graph?.nodes, id)?.name || id;
    return `${prefix}${name(edge.source)} → ${name(edge.target)}`;
  };
  const changes: DocumentChange[] = [];
  for (const [key, edge] of old) {
    const other = now.get(key);
    if (other === undefined)
      changes.push({ kind: 'removed', what: 'wire', subject: describe(before, edge), detail: '' });
    else changes.push(...diffMembers(asJson(edge), asJson(other), describe(after, other), 'parameter'));
  }
  for (const [key, edge] of now)
    if (!old.has(key)) changes.push({ kind: 'added', what: 'wire', subject: describe(after, edge), detail: '' });
  return changes;
}

function wiresOf(graph: Graph | undefined): ReadonlyMap<string, Edge> {
  const wires = new Map<string, Edge>();
  for (const edge of Object.values(graph?.edges ?? {})) {
    const joined = JSON.stringify([edge.source, edge.sourcePort, edge.target, edge.targetPort]);
    // A port may be fed twice by the same layer: each wire counts.
    let key = joined;
    for (let again = 2; wires.has(key); again++) key = `${joined}#${again}`;
    wires.set(key, edge);
  }
  return wires;
}

function restOfGraph(graph: Graph | undefined): JsonValue | undefined {
  if (graph === undefined) return undefined;
  const { nodes: _, edges: __, id: ___, ...rest } = graph;
  return asJson(rest);
}

/** Members of two objects, one level: what differs below is shown as a whole. */
function diffMembers(
  before: JsonObject,
  after: JsonObject,
  subject: string,
  what: DocumentChange['what'],
): DocumentChange[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((key) => {
    const change = one(own(before, key), own(after, key), subject, key, what);
    return change === null ? [] : [change];
  });
}

/** Values down to the leaves: each is a setting of its own, named by its path. */
function diffValues(
  before: JsonValue | undefined,
  after: JsonValue | undefined,
  path: string,
  what: DocumentChange['what'],
): DocumentChange[] {
  if (isObject(before) && isObject(after))
    return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((key) =>
      diffValues(own(before, key), own(after, key), path === '' ? key : `${path}.${key}`, what),
    );
  const change = one(before, after, path, '', what);
  return change === null ? [] : [change];
}

function one(
  before: JsonValue | undefined,
  after: JsonValue | undefined,
  subject: string,
  detail: string,
  what: DocumentChange['what'],
): DocumentChange | null {
  if (same(before, after)) return null;
  const kind = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed';
  return {
    kind,
    what,
    subject,
    detail,
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
  };
}

function same(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, i) => same(item, b[i]));
  if (!isObject(a) || !isObject(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && same(own(a, key), own(b, key)))
  );
}

/** Keys come from files: one called `constructor` must not find what every object has. */
function own<T>(record: { readonly [key: string]: T } | undefined, key: string): T | undefined {
  return record !== undefined && Object.hasOwn(record, key) ? record[key] : undefined;
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Parts of a document are JSON by their schema, whose loose keys TypeScript only knows as unknown. */
function asJson(value: unknown): JsonObject {
  return value as JsonObject;
}
