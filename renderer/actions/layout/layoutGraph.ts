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
const COLUMN_GAP = 40;
const ROW_GAP = 84;

/**
 * Left-to-right layers (dagre, after Gansner et al. 1993), folded into rows: where all that is to the left joins all that is to the
 * right by one wire, the drawing may go on below, so that a deep network stays readable without scrolling for ever to the right.
 */
export function layoutGraph(request: LayoutRequest): Positions {
  const graph = new dagre.graphlib.Graph();
  graph.setGraph({ rankdir: 'LR', nodesep: 40, edgesep: 56, ranksep: COLUMN_GAP, marginx: 0, marginy: 0 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const node of request.nodes) graph.setNode(node.id, { width: node.width, height: node.height });
  // Heavy wires are kept straight: the chain runs level, and what goes around it bends.
  for (const edge of request.edges) graph.setEdge(edge.source, edge.target, { weight: edge.skip ? 1 : 12 });
  dagre.layout(graph);
  const boxes = request.nodes.map((node) => {
    const { x, y } = graph.node(node.id) as { x: number; y: number };
    return {
      id: node.id,
      left: x - node.width / 2,
      right: x + node.width / 2,
      top: y - node.height / 2,
      bottom: y + node.height / 2,
    };
  });
  return foldRows(boxes, request);
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
