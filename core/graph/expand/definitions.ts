import { BLOCK, type Edge, type Graph, type LayerNode, type LoomDocument, readBlockUse } from '../../document/index.ts';
import { cycles, outgoingEdges, reachable, sortNodes } from '../topology.ts';
import { graphById, isWrapping } from './flatGraph.ts';

/** Blocks in blocks in blocks: so many levels. */
const MOST_LEVELS = 32;
/** Layers of the whole network, all uses expanded. */
export const MOST_LAYERS = 20_000;

/** Which definitions can be expanded, found before anything is. */
export interface Definitions {
  /** Why a use of this graph cannot be expanded, as a sentence with what to do; null where it can. */
  faultOf(graphId: string): { readonly code: string; readonly message: string } | null;
  /** Why none of the uses in the main graph can be expanded; null where they can. `use` is the one that weighs most. */
  readonly tooLarge: { readonly use: LayerNode; readonly message: string } | null;
}

/** Looks at who uses whom: rings, missing definitions, depth, and how large the whole would be. Linear in the nodes of the document. */
export function checkDefinitions(document: LoomDocument): Definitions {
  const usage = usageGraph(document);
  const { order, cyclic } = sortNodes(usage);
  const ringOf = new Map(cycles(usage, cyclic).flatMap((members) => members.map((id) => [id, members] as const)));
  const sizes = new Map<string, { readonly layers: number; readonly levels: number }>();
  for (const id of order.toReversed()) {
    const graph = graphById(document, id);
    if (graph === undefined || ringOf.has(id)) continue;
    let layers = 1;
    let levels = 0;
    for (const node of Object.values(graph.nodes)) {
      const use = usedBy(node);
      const inside = use === null ? undefined : sizes.get(use.graph);
      layers += use === null || inside === undefined ? Number(!isWrapping(node)) : use.repeat * inside.layers;
      if (inside !== undefined) levels = Math.max(levels, inside.levels + 1);
    }
    sizes.set(id, { layers, levels });
  }
  return {
    faultOf: (graphId) => {
      if (graphById(document, graphId) === undefined)
        return {
          code: 'block-missing',
          message: `The design holds no block of the id “${graphId}”. Delete this node, or choose another block for it.`,
        };
      const ring = ringOf.get(graphId);
      if (ring !== undefined)
        return {
          code: 'block-ring',
          message: `${ringText(document, usage, ring, graphId)}, so it would never end. Take one of these uses out.`,
        };
      const size = sizes.get(graphId);
      if (size === undefined || size.levels < MOST_LEVELS) return null;
      return {
        code: 'block-too-deep',
        message: `Blocks stand in blocks ${size.levels + 1} levels deep here; ${MOST_LEVELS} are the most. Take some levels out.`,
      };
    },
    tooLarge: largest(document, sizes),
  };
}

/**
 * Why no use of the graph `used` can stand in the graph `into`: the ring that it would close, as a sentence; null where it closes none.
 */
export function ringClosedBy(document: LoomDocument, into: string, used: string): string | null {
  const usage = usageGraph(document);
  const ring = reachable(usage, [used], 'down');
  if (!ring.has(into)) return null;
  const wire: Edge = { id: '', source: into, sourcePort: 'out', target: used, targetPort: 'in', order: 0 };
  const closed = { ...usage, edges: { ...usage.edges, [wire.id]: wire } };
  return `${ringText(document, closed, [...ring], into, 'would hold')}.`;
}

function largest(document: LoomDocument, sizes: ReadonlyMap<string, { readonly layers: number }>) {
  const total = sizes.get(document.root)?.layers ?? 0;
  if (total <= MOST_LAYERS) return null;
  const uses = Object.values(graphById(document, document.root)?.nodes ?? {}).flatMap((node) => {
    const use = usedBy(node);
    return use === null ? [] : [{ node, layers: use.repeat * (sizes.get(use.graph)?.layers ?? 0) }];
  });
  const [first] = uses.sort((a, b) => b.layers - a.layers);
  if (first === undefined) return null;
  const count = total > 1e9 ? 'more than a thousand million' : total.toLocaleString('en');
  return {
    use: first.node,
    message: `All repetitions and blocks written out, the network has ${count} layers; ${MOST_LAYERS.toLocaleString('en')} are the most. Repeat fewer times, or take blocks out.`,
  };
}

/** What a node uses; null for layers, ports, and uses that say so in a way that cannot be read. */
function usedBy(node: LayerNode) {
  const read = node.type === BLOCK ? readBlockUse(node.params) : null;
  return read !== null && 'use' in read ? read.use : null;
}

/** Definitions as nodes, each wired to those that it uses. */
function usageGraph(document: LoomDocument): Graph {
  const edges: Record<string, Edge> = {};
  for (const [id, graph] of Object.entries(document.graphs))
    for (const node of Object.values(graph.nodes)) {
      const use = usedBy(node);
      if (use === null || graphById(document, use.graph) === undefined) continue;
      const edge = { id: `${id}\u0000${use.graph}`, source: id, target: use.graph };
      edges[edge.id] = { ...edge, sourcePort: 'out', targetPort: 'in', order: 0 };
    }
  const nodes = Object.keys(document.graphs).map((id): [string, LayerNode] => [
    id,
    { id, type: BLOCK, typeVersion: 1, name: id, params: {}, position: { x: 0, y: 0 } },
  ]);
  return { id: 'usage', nodes: Object.fromEntries(nodes), edges };
}

/** The block “a” holds itself: “a” holds “b”, which holds “a”: from the block named, along uses that stay in the ring, back to it. */
function ringText(
  document: LoomDocument,
  usage: Graph,
  members: readonly string[],
  from: string,
  holds: 'holds' | 'would hold' = 'holds',
): string {
  const inside = new Set(members);
  const say = (id: string) => `“${id === document.root ? 'the main graph' : (graphById(document, id)?.name ?? id)}”`;
  const cameFrom = new Map<string, string>();
  const pending = [from];
  for (let id = pending.shift(); id !== undefined && !cameFrom.has(from); id = pending.shift())
    for (const { target } of outgoingEdges(usage, id))
      if (inside.has(target) && !cameFrom.has(target)) {
        cameFrom.set(target, id);
        pending.push(target);
      }
  const way = [from];
  for (let id = cameFrom.get(from); id !== undefined && id !== from; id = cameFrom.get(id)) way.unshift(id);
  if (way.length === 1) return `The block ${say(from)} ${holds} itself`;
  const named = way.length > 8 ? [...way.slice(0, 6).map(say), '…', say(from)] : way.map(say);
  return `The block ${say(from)} ${holds} itself: ${say(from)} holds ${named.join(', which holds ')}`;
}
