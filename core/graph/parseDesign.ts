import { type AnyLayerDefinition, findLayer } from '../catalogue/index.ts';
import {
  type Graph,
  type LayerNode,
  type LoomDocument,
  type ParsedDocument,
  parseDocument,
} from '../document/index.ts';
import type { Result } from '../errors.ts';
import type { JsonObject } from '../json.ts';

/** Finds the definition of a layer type; undefined for one that is not known. */
type FindLayer = (type: string) => AnyLayerDefinition | undefined;

/** Reads the text of a `.loom` file, its layers brought up to the versions that the catalogue has. Errors: those of `parseDocument`. */
export function parseDesign(text: string): Result<ParsedDocument> {
  const parsed = parseDocument(text);
  if (!parsed.ok) return parsed;
  const { document, problems } = parsed.value;
  return { ok: true, value: { document: migrateLayers(document), problems } };
}

/** The same document where no layer is of an earlier version than the catalogue's; else one in which those are of its version. */
export function migrateLayers(document: LoomDocument, find: FindLayer = findLayer): LoomDocument {
  const graphs = Object.entries(document.graphs).map(([id, graph]): [string, Graph] => {
    const nodes = Object.entries(graph.nodes).map(([key, node]): [string, LayerNode] => [key, migrateNode(node, find)]);
    const same = nodes.every(([key, node]) => graph.nodes[key] === node);
    return [id, same ? graph : { ...graph, nodes: Object.fromEntries(nodes) }];
  });
  const same = graphs.every(([id, graph]) => document.graphs[id] === graph);
  return same ? document : { ...document, graphs: Object.fromEntries(graphs) };
}

/** A node with its parameters as the catalogue's version of its type has them. Unknown types and later versions stay as they are. */
export function migrateNode<N extends LayerNode>(node: N, find: FindLayer = findLayer): N {
  const definition = find(node.type);
  if (definition === undefined || node.typeVersion >= definition.version) return node;
  let params: JsonObject = node.params;
  for (let from = node.typeVersion; from < definition.version; from++) {
    const step = definition.migrations?.[from];
    if (step === undefined) throw new Error(`${node.type} has no migration from version ${from}`);
    params = step(params);
  }
  return { ...node, typeVersion: definition.version, params };
}
