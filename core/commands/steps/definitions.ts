import { current } from 'immer';
import { BLOCK, type Graph, graphSchema, type LayerNode, type LoomDocument } from '../../document/index.ts';
import { migrateNode, ringClosedBy } from '../../graph/index.ts';
import { sameJson } from '../../json.ts';
import { shorten } from '../../shorten.ts';
import { type DocumentDraft, refuse } from '../defineCommand.ts';
import { type GraphDraft, graphOf, type NodeDraft, nextId } from './nodes.ts';

/** The id of the graph that a node uses as a block; null for everything else. */
export function usedGraph({ type, params }: Pick<LayerNode | NodeDraft, 'type' | 'params'>): string | null {
  return type === BLOCK && typeof params.graph === 'string' ? params.graph : null;
}

/**
 * Brings definitions of blocks into the document, those before which they use. One that the document has already, equal but for its id, is
 * used in its place; the others keep their ids where these are free.
 * @returns the id that each has in the document, by the id it came with
 * Refusals: `invalid-definition`, `block-ring`, `block-missing` (one uses a block that is not among them, and the document has another under its id).
 */
export function adoptDefinitions(draft: DocumentDraft, definitions: readonly unknown[]): ReadonlyMap<string, string> {
  const incoming = new Map(definitions.map(readDefinition).map((graph) => [graph.id, graph]));
  const ids = new Map<string, string>();
  const open: string[] = [];
  for (const id of incoming.keys()) adopt(id);
  return ids;

  function adopt(id: string): string {
    const known = ids.get(id);
    if (known !== undefined) return known;
    const graph = incoming.get(id);
    if (graph === undefined) return missing(id);
    if (open.includes(id))
      refuse(
        'block-ring',
        'Block',
        `What was to be added holds the block “${sayDefinition(graph)}”, which holds itself, so it would never end.`,
      );
    open.push(id);
    const nodes = Object.entries(graph.nodes).map(([key, node]): [string, LayerNode] => {
      const used = usedGraph(node);
      return [key, used === null ? node : usingGraph(node, adopt(used))];
    });
    open.pop();
    const there = { ...graph, nodes: Object.fromEntries(nodes) };
    const adopted = equalTo(there) ?? freshIdFor(id);
    if (!Object.hasOwn(draft.graphs, adopted)) draft.graphs[adopted] = { ...there, id: adopted } as GraphDraft;
    ids.set(id, adopted);
    return adopted;
  }

  function equalTo(graph: Graph): string | null {
    const { graphs, root } = current(draft);
    const equal = Object.keys(graphs).filter((id) => id !== root && sameJson({ ...graphs[id], id: graph.id }, graph));
    return equal.includes(graph.id) ? graph.id : (equal[0] ?? null);
  }

  function freshIdFor(id: string): string {
    const taken = takenGraphIds(draft);
    return Object.hasOwn(taken, id) ? nextId(taken, 'g') : id;
  }

  function missing(id: string): string {
    if (!Object.hasOwn(draft.graphs, id)) return id;
    return refuse(
      'block-missing',
      'Block',
      `What was to be added uses a block with the id “${shorten(id)}”, but does not bring it, and this design has another block of that id. Copy it again, with its block.`,
    );
  }
}

/** An id for a definition that comes to be. */
export const nextGraphId = (draft: DocumentDraft): string => nextId(takenGraphIds(draft), 'g');

/** Ids of graphs, and those that uses name whose block is not there: they must not come to be uses of another. */
function takenGraphIds(draft: DocumentDraft): { readonly [id: string]: true } {
  const { graphs } = current(draft);
  const used = Object.values(graphs).flatMap(({ nodes }) =>
    Object.values(nodes).flatMap((node) => usedGraph(node) ?? []),
  );
  return Object.fromEntries([...Object.keys(graphs), ...used].map((id) => [id, true]));
}

/** Every use of a definition, with the graph that it stands in. */
export function usesOf(
  draft: DocumentDraft,
  definition: string,
): readonly { readonly graph: GraphDraft; readonly node: NodeDraft }[] {
  return Object.values(draft.graphs).flatMap((graph) =>
    Object.values(graph.nodes).flatMap((node) => (usedGraph(node) === definition ? [{ graph, node }] : [])),
  );
}

/** The same use, of another graph. */
export const usingGraph = <N extends LayerNode>(node: N, graph: string): N =>
  node.params.graph === graph ? node : { ...node, params: { ...node.params, graph } };

/** Refuses (`block-ring`) a use in a graph that it would put into itself. */
export function requireNoRing(draft: DocumentDraft, into: string, used: string): void {
  const ring = ringClosedBy(current(draft) as LoomDocument, into, used);
  if (ring !== null) refuse('block-ring', 'Block in itself', `${ring} Then it would never end.`);
}

/** The definition of this id, which must not be the main graph. */
export function requireDefinition(draft: DocumentDraft, id: string): GraphDraft {
  if (id === draft.root) refuse('no-such-block', 'No such block', 'The main graph is no block.');
  return graphOf(draft, id);
}

/** What a definition is called, for sentences. */
export const sayDefinition = ({ id, name }: Pick<Graph, 'id' | 'name'>): string => shorten(name ?? id);

function readDefinition(value: unknown): Graph {
  const read = graphSchema.safeParse(value);
  if (!read.success) {
    const [issue] = read.error.issues;
    return invalid(`${issue?.path.map(String).join('.') ?? ''}: ${issue?.message ?? ''}`);
  }
  const graph = read.data;
  for (const [id, node] of Object.entries(graph.nodes))
    if (node.id !== id) invalid(`the layer “${shorten(id)}” calls itself “${shorten(node.id)}”`);
  for (const [id, { id: own, source, target }] of Object.entries(graph.edges)) {
    if (own !== id) invalid(`the wire “${shorten(id)}” calls itself “${shorten(own)}”`);
    for (const end of [source, target])
      if (!Object.hasOwn(graph.nodes, end)) invalid(`a wire leads to “${shorten(end)}”, which is not there`);
  }
  return {
    ...graph,
    nodes: Object.fromEntries(Object.entries(graph.nodes).map(([id, node]) => [id, migrateNode(node)])),
  };
}

function invalid(reason: string): never {
  return refuse(
    'invalid-definition',
    'Block',
    `The block cannot be added, because its definition is damaged (${shorten(reason, 160)}). Copy or export it again.`,
  );
}

/** A name for a definition that no other has: “Block 2”. */
export function nextTitle(draft: DocumentDraft, wanted: string, from = 1): string {
  const stem = wanted.replace(/ \d+$/, '');
  const taken = new Set(Object.values(draft.graphs).map(({ name }) => name));
  for (let number = from; ; number++) if (!taken.has(`${stem} ${number}`)) return `${stem} ${number}`;
}
