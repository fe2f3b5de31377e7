import dagre from '@dagrejs/dagre';
import { packBundles } from './bundles.ts';
import { type Box, COLUMN_GAP, LANE_GAP, type LayoutEdge, type LayoutNode } from './layoutTypes.ts';

const CLEAR = 12;

/** A section laid out, and the heights its layers have as long as no merge is lifted: what the next section is put level with. */
export interface PlacedSection {
  readonly boxes: readonly Box[];
  readonly level: ReadonlyMap<string, number>;
}

/** Left-to-right layers (dagre, after Gansner et al. 1993), merges lifted to the lanes of their skips, large bundles as grids. */
export function placeSection(
  nodes: readonly LayoutNode[],
  allEdges: readonly LayoutEdge[],
  aspect: number,
): PlacedSection {
  const [only] = nodes;
  if (nodes.length === 1 && only !== undefined) return placedAlone(only);
  const packed = packBundles(nodes, allEdges, aspect);
  const edges = packed.edges;
  const graph = new dagre.graphlib.Graph();
  graph.setGraph({ rankdir: 'LR', nodesep: LANE_GAP, edgesep: 44, ranksep: COLUMN_GAP, marginx: 0, marginy: 0 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const node of packed.nodes) graph.setNode(node.id, { width: node.width, height: node.height });
  // Heavy wires are kept straight: the chain runs level, and what goes around it bends.
  for (const edge of edges) graph.setEdge(edge.source, edge.target, { weight: edge.skip ? 1 : 12 });
  dagre.layout(graph);
  const boxes = new Map(
    packed.nodes.map((node) => {
      const { x, y } = graph.node(node.id) as { x: number; y: number };
      return [node.id, boxAround(node, x, y)] as const;
    }),
  );
  const level = new Map(packed.unpack([...boxes.values()]).map((box) => [box.id, (box.top + box.bottom) / 2]));
  for (const edge of edges) {
    if (!edge.skip) continue;
    const { points } = graph.edge(edge.source, edge.target) as { points: readonly { x: number; y: number }[] };
    liftMerge(boxes, edges, edge, points);
  }
  return { boxes: packed.unpack([...boxes.values()]), level };
}

function placedAlone(node: LayoutNode): PlacedSection {
  return { boxes: [boxAround(node, 0, 0)], level: new Map([[node.id, 0]]) };
}

function boxAround(node: LayoutNode, x: number, y: number): Box {
  const { id, width, height } = node;
  return { id, left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2 };
}

/**
 * A skip that passes over layers: the merge goes up to the wire's own lane, and the layer it leaves comes level with the chain, so that
 * the wire rises at once and runs clear of the cards.
 */
function liftMerge(
  boxes: Map<string, Box>,
  edges: readonly LayoutEdge[],
  skip: LayoutEdge,
  points: readonly { readonly x: number; readonly y: number }[],
): void {
  const from = boxes.get(skip.source);
  const merge = boxes.get(skip.target);
  if (from === undefined || merge === undefined) return;
  const lane = points[Math.floor(points.length / 2)]?.y;
  const passesOver = [...boxes.values()].some((box) => box.left > from.right && box.right < merge.left);
  if (lane === undefined || !passesOver) return;
  const onward = edges.find((edge) => edge.source === skip.source && !edge.skip);
  const next = onward === undefined ? undefined : boxes.get(onward.target);
  if (next !== undefined) moveTo(boxes, from, (next.top + next.bottom) / 2);
  moveTo(boxes, merge, lane);
}

/** Moves a box up or down, unless it would come to lie on another. */
function moveTo(boxes: Map<string, Box>, box: Box, centre: number): void {
  const half = (box.bottom - box.top) / 2;
  const moved = { ...box, top: centre - half, bottom: centre + half };
  const collides = [...boxes.values()].some(
    (other) =>
      other.id !== box.id &&
      other.left < moved.right &&
      other.right > moved.left &&
      other.top < moved.bottom + CLEAR &&
      other.bottom > moved.top - CLEAR,
  );
  if (!collides) boxes.set(box.id, moved);
}
