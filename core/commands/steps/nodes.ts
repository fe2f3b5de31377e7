import { current, type Draft, isDraft } from 'immer';
import { type AnyLayerDefinition, checkParams, defaultParams, findLayer } from '../../catalogue/index.ts';
import { type Graph, LAYER_NAME_PATTERN, type LayerNode } from '../../document/index.ts';
import { edit } from '../../edits.ts';
import { autoName, freeName, type Graphs, namesIn } from '../../graph/index.ts';
import type { JsonObject, JsonValue } from '../../json.ts';
import { shorten } from '../../shorten.ts';
import { type DocumentDraft, refuse } from '../defineCommand.ts';

export type GraphDraft = Draft<Graph>;
export type NodeDraft = Draft<LayerNode>;

/** The graph that an edit acts on: the one it names, or the main graph. */
export function graphOf(draft: DocumentDraft, id: string = draft.root): GraphDraft {
  const graph = Object.hasOwn(draft.graphs, id) ? draft.graphs[id] : undefined;
  if (graph === undefined)
    return refuse(
      'no-such-graph',
      'No such graph',
      `This design has no graph with the id “${shorten(id)}”. It may have been deleted.`,
    );
  return graph;
}

/** All graphs as plain data: what uses of blocks name. */
export function plainGraphs(draft: DocumentDraft): Graphs {
  return current(draft.graphs) as Graphs;
}

/** The graph as plain data that stays as it is, for functions that only read. One that the edit itself brought in is no draft. */
export function plain(graph: GraphDraft): Graph {
  return (isDraft(graph) ? current(graph) : structuredClone(graph)) as Graph;
}

export function requireNode(graph: GraphDraft, nodeId: string): NodeDraft {
  const node = Object.hasOwn(graph.nodes, nodeId) ? graph.nodes[nodeId] : undefined;
  if (node === undefined)
    return refuse(
      'no-such-node',
      'No such layer',
      `There is no layer with the id “${nodeId}”. It may have been deleted.`,
    );
  return node;
}

export function requireLayer(type: string): AnyLayerDefinition {
  const layer = findLayer(type);
  if (layer === undefined)
    return refuse('unknown-layer', 'Unknown layer', `There is no layer type “${type}” in this version of Layerloom.`);
  return layer;
}

/** `n1`, `n2`, ...: one past the highest in use, so that ids are short and the same edits give the same ids. */
export function nextId(taken: { readonly [id: string]: unknown }, prefix: 'n' | 'e' | 'g'): string {
  let highest = 0;
  for (const id of Object.keys(taken)) {
    if (!id.startsWith(prefix)) continue;
    const number = Number(id.slice(1));
    if (Number.isSafeInteger(number) && number > highest) highest = number;
  }
  return `${prefix}${highest + 1}`;
}

export interface NewNode {
  readonly type: string;
  readonly position: { readonly x: number; readonly y: number };
  readonly params?: JsonObject | undefined;
  readonly name?: string | undefined;
  readonly id?: string | undefined;
}

/** Adds a layer with all its parameters written out, so that a later version's defaults cannot change the design. */
export function createLayer(graph: GraphDraft, wanted: NewNode): NodeDraft {
  const layer = requireLayer(wanted.type);
  const params = { ...defaultParams(layer), ...wanted.params };
  requireParams(layer, params, wanted.name ?? layer.title, Object.keys(wanted.params ?? {}), null);
  return putNode(graph, wanted, layer.version, params, layer.type);
}

/** A node with an id and a name of its own: those wanted, which must be free, or the next (`stem_1`). */
export function putNode(
  graph: GraphDraft,
  wanted: NewNode,
  typeVersion: number,
  params: LayerNode['params'],
  stem: string,
): NodeDraft {
  const { type, position, id = nextId(graph.nodes, 'n') } = wanted;
  if (Object.hasOwn(graph.nodes, id)) refuse('id-taken', 'Id taken', `There already is a layer with the id “${id}”.`);
  const taken = namesIn(plain(graph));
  if (wanted.name !== undefined) requireName(wanted.name, taken, null);
  const name = wanted.name ?? autoName(stem, taken);
  const node: LayerNode = { id, type, typeVersion, name, params, position: { ...position } };
  graph.nodes[id] = node as NodeDraft;
  return requireNode(graph, id);
}

/** Refuses a name that is not legal or already another layer's. */
export function requireName(name: string, taken: ReadonlySet<string>, nodeId: string | null): void {
  const suggestion = freeName(name, taken);
  const fixes =
    nodeId === null
      ? {}
      : {
          nodeId,
          fixes: [{ label: `Call it “${suggestion}”`, edit: edit('renameNode', { nodeId, name: suggestion }) }],
        };
  if (!LAYER_NAME_PATTERN.test(name))
    refuse(
      'invalid-name',
      'Name',
      `“${name}” cannot be a layer’s name, because it becomes a variable in exported code: use a letter first, then letters, digits and underscores, at most 64. “${suggestion}” would do.`,
      fixes,
    );
  if (taken.has(name))
    refuse(
      'duplicate-name',
      'Name taken',
      `Another layer is already called “${name}”. “${suggestion}” is free.`,
      fixes,
    );
}

/** Refuses values a layer does not accept. Looks at the named parameters only: others may have come broken from a file. */
export function requireParams(
  layer: AnyLayerDefinition,
  params: { readonly [name: string]: JsonValue },
  name: string,
  changed: readonly string[],
  nodeId: string | null,
): void {
  const problem = checkParams(layer, params).problems.find((p) => p.param !== undefined && changed.includes(p.param));
  if (problem === undefined) return;
  refuse(problem.code, problem.title, `In “${name}”: ${problem.message}`, {
    ...(problem.param === undefined ? {} : { param: problem.param }),
    ...(problem.facts === undefined ? {} : { facts: problem.facts }),
    ...(nodeId === null ? {} : { nodeId }),
  });
}
