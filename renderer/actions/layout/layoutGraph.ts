import dagre from '@dagrejs/dagre';

export interface LayoutNode {
  readonly id: string;
  readonly width: number;
  readonly height: number;
}

export interface LayoutRequest {
  readonly nodes: readonly LayoutNode[];
  readonly edges: readonly { readonly source: string; readonly target: string; readonly skip: boolean }[];
  /** Longest row, in pixels, before a chain goes on below. */
  readonly rowWidth: number;
}

export type Positions = { readonly [nodeId: string]: { readonly x: number; readonly y: number } };

const GRID = 4;
const COLUMN_GAP = 32;
const ROW_GAP = 56;
const CLEAR = 12;

/**
 * Left-to-right layers (dagre, after Gansner et al. 1993), folded into rows: where all that is to the left joins all that is to the
 * right by one wire, the drawing may go on below, so that a deep network stays readable without scrolling for ever to the right.
 */
export function layoutGraph(request: LayoutRequest): Positions {
  const graph = new dagre.graphlib.Graph();
  graph.setGraph({ rankdir: 'LR', nodesep: 40, edgesep: 44, ranksep: COLUMN_GAP, marginx: 0, marginy: 0 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const node of request.nodes) graph.setNode(node.id, { width: node.width, height: node.height });
  // Heavy wires are kept straight: the chain runs level, and what goes around it bends.
  for (const edge of request.edges) graph.setEdge(edge.source, edge.target, { weight: edge.skip ? 1 : 12 });
  dagre.layout(graph);
  const boxes = new Map(
    request.nodes.map((node) => {
      const { x, y } = graph.node(node.id) as { x: number; y: number };
      return [node.id, boxAround(node, x, y)] as const;
    }),
  );
  for (const edge of request.edges) {
    if (!edge.skip) continue;
    const { points } = graph.edge(edge.source, edge.target) as { points: readonly { x: number; y: number }[] };
    liftMerge(boxes, request, edge, points);
  }
  return foldRows([...boxes.values()], request);
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
  request: LayoutRequest,
  skip: { readonly source: string; readonly target: string },
  points: readonly { readonly x: number; readonly y: number }[],
): void {
  const from = boxes.get(skip.source);
  const merge = boxes.get(skip.target);
  if (from === undefined || merge === undefined) return;
  const lane = points[Math.floor(points.length / 2)]?.y;
  const passesOver = [...boxes.values()].some((box) => box.left > from.right && box.right < merge.left);
  if (lane === undefined || !passesOver) return;
  const onward = request.edges.find((edge) => edge.source === skip.source && !edge.skip);
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

interface Box {
  readonly id: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

function foldRows(boxes: readonly Box[], request: LayoutRequest): Positions {
  const byId = new Map(boxes.map((box) => [box.id, box]));
  const spans = request.edges.flatMap((edge) => {
    const from = byId.get(edge.source);
    const to = byId.get(edge.target);
    return from === undefined || to === undefined ? [] : [[from.right, to.left] as const];
  });
  const sorted = [...boxes].sort((a, b) => a.left - b.left);
  const positions: { [id: string]: { x: number; y: number } } = {};
  let row: Box[] = [];
  let top = 0;
  const flush = () => {
    const left = Math.min(...row.map((box) => box.left));
    const upper = Math.min(...row.map((box) => box.top));
    for (const box of row) positions[box.id] = { x: snap(box.left - left), y: snap(top + box.top - upper) };
    top += Math.max(...row.map((box) => box.bottom)) - upper + ROW_GAP;
    row = [];
  };
  // Positions, left to right, where the drawing may be cut: between columns, with one wire across.
  const cuts: number[] = [];
  let reach = Number.NEGATIVE_INFINITY;
  for (const box of sorted) {
    if (box.left > reach && reach > Number.NEGATIVE_INFINITY) {
      const at = (reach + box.left) / 2;
      if (spans.filter(([from, to]) => from < at && to > at).length <= 1) cuts.push(at);
    }
    reach = Math.max(reach, box.right);
  }
  for (const [index, cut] of [...cuts, Number.POSITIVE_INFINITY].entries()) {
    const before = index === 0 ? Number.NEGATIVE_INFINITY : (cuts[index - 1] ?? Number.NEGATIVE_INFINITY);
    const part = sorted.filter((box) => box.left > before && box.left < cut);
    const left = Math.min(...row.map((box) => box.left));
    const right = Math.max(...part.map((box) => box.right));
    if (row.length > 0 && right - left > request.rowWidth) flush();
    row.push(...part);
  }
  if (row.length > 0) flush();
  return positions;
}

function snap(value: number): number {
  return Math.round(value / GRID) * GRID;
}
