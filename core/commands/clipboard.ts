import { z } from 'zod';
import { edgeSchema, type Graph, graphSchema, type LayerNode, layerNodeSchema, readJson } from '../document/index.ts';
import { fail, ok, type Result } from '../errors.ts';
import { type Graphs, incomingEdges, migrateNode, nodeById, nodeIds } from '../graph/index.ts';
import { usedGraph } from './steps/definitions.ts';

/** Tag by which text on the clipboard is known to be layers. */
const CLIPBOARD_FORMAT = 'layerloom/layers';

const clipboardSchema = z.object({
  format: z.literal(CLIPBOARD_FORMAT),
  version: z.literal(1),
  /** Id of the graph they were copied from. Absent in text of before blocks. */
  graph: z.string().optional(),
  nodes: z.array(layerNodeSchema).min(1),
  /** Wires between the copied layers. */
  edges: z.array(edgeSchema),
  /** Wires into them from layers that were not copied, with enough to know those again. */
  incoming: z.array(z.object({ edge: edgeSchema, sourceType: z.string(), sourceName: z.string() })),
  /** Of the blocks that they use, and those that these use. */
  definitions: z.array(graphSchema).default([]),
});

export type Clipboard = z.infer<typeof clipboardSchema>;

/**
 * Layers as tagged JSON text for the system clipboard: they can be pasted into any design, or into a message. Uses of blocks bring their
 * definitions, which `graphs` holds.
 */
export function copyItems(graph: Graph, nodeIdsToCopy: readonly string[], graphs: Graphs): string {
  const chosen = new Set(nodeIdsToCopy);
  const nodes: LayerNode[] = nodeIds(graph).flatMap((id) => (chosen.has(id) ? (nodeById(graph, id) ?? []) : []));
  const wires = nodes.flatMap((node) => incomingEdges(graph, node.id));
  const clipboard = {
    format: CLIPBOARD_FORMAT,
    version: 1,
    graph: graph.id,
    nodes,
    edges: wires.filter((edge) => chosen.has(edge.source)),
    incoming: wires.flatMap((edge) => {
      const source = chosen.has(edge.source) ? undefined : nodeById(graph, edge.source);
      return source === undefined ? [] : [{ edge, sourceType: source.type, sourceName: source.name }];
    }),
    definitions: definitionsFor(nodes, graphs),
  };
  return JSON.stringify(clipboard, null, 2);
}

/** The definitions that these nodes use, and those that these use. */
function definitionsFor(nodes: readonly LayerNode[], graphs: Graphs): readonly Graph[] {
  const needed = new Set(nodes.flatMap((node) => usedGraph(node) ?? []));
  const found: Graph[] = [];
  for (const id of needed) {
    const graph = Object.hasOwn(graphs, id) ? graphs[id] : undefined;
    if (graph === undefined) continue;
    found.push(graph);
    for (const node of Object.values(graph.nodes)) {
      const used = usedGraph(node);
      if (used !== null) needed.add(used);
    }
  }
  return found;
}

/** Whether text from the clipboard is layers. Cheap; `pasteItems` checks the rest. */
export function isClipboardText(text: string): boolean {
  return text.slice(0, 200).includes(`"${CLIPBOARD_FORMAT}"`);
}

/** Reads what `copyItems` wrote. Error: `not-layers`. */
export function readClipboard(text: string): Result<Clipboard> {
  const json = isClipboardText(text) ? readJson(text) : null;
  const checked = json?.ok ? clipboardSchema.safeParse(json.value) : null;
  if (checked?.success) return ok({ ...checked.data, nodes: checked.data.nodes.map((node) => migrateNode(node)) });
  return fail({
    code: 'not-layers',
    severity: 'error',
    title: 'Nothing to paste',
    message: 'What is on the clipboard is not layers copied from Layerloom, or only a part of them. Copy them again.',
  });
}
