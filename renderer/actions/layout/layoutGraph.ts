import { foldRows } from './foldRows.ts';
import {
  around,
  type Box,
  COLUMN_GAP,
  type LayoutEdge,
  type LayoutRequest,
  type Positions,
  ROW_GAP,
  shifted,
} from './layoutTypes.ts';
import { placeSection } from './placeSection.ts';
import { sections } from './sections.ts';
import { connectedParts, type Wiring, wiringOf } from './wiring.ts';

const GRID = 4;

/**
 * A place for every layer: from left to right in the order of the data, long drawings folded into rows, the whole in the shape of the
 * canvas. Time and stack are bounded however deep or wide the network is.
 */
export function layoutGraph(request: LayoutRequest): Positions {
  const wiring = wiringOf(request.nodes, request.edges);
  const partOf = new Map<string, number>();
  const parts = connectedParts(request.nodes, wiring);
  for (const [index, part] of parts.entries()) for (const { id } of part) partOf.set(id, index);
  const edgesOf: LayoutEdge[][] = parts.map(() => []);
  for (const edge of request.edges) edgesOf[partOf.get(edge.source) ?? -1]?.push(edge);
  const drawings = parts.map((nodes, i) =>
    foldRows(drawn(nodes, edgesOf[i] ?? [], wiring, request), edgesOf[i] ?? [], request.canvas),
  );
  return Object.fromEntries(shelved(drawings, request).map((box) => [box.id, { x: snap(box.left), y: snap(box.top) }]));
}

/** A connected part in one long row: its sections behind each other, each level with what leads into it. */
function drawn(
  nodes: LayoutRequest['nodes'],
  edges: readonly LayoutEdge[],
  wiring: Wiring,
  { canvas }: LayoutRequest,
): readonly Box[] {
  const parts = sections(nodes, edges, wiring);
  const sectionOf = new Map(parts.flatMap((part, i) => part.map(({ id }) => [id, i] as const)));
  const inner: LayoutEdge[][] = parts.map(() => []);
  const between: LayoutEdge[][] = parts.map(() => []);
  for (const edge of edges) {
    const from = sectionOf.get(edge.source);
    const to = sectionOf.get(edge.target) ?? 0;
    if (from === to) inner[to]?.push(edge);
    else if (from === to - 1) between[to]?.push(edge);
  }
  const placed: Box[] = [];
  let right = -COLUMN_GAP;
  let levels: ReadonlyMap<string, number> = new Map();
  for (const [i, part] of parts.entries()) {
    const { boxes, level } = placeSection(part, inner[i] ?? [], canvas.width / canvas.height);
    const into = between[i]?.find((edge) => !edge.skip) ?? between[i]?.[0];
    const dy = into === undefined ? 0 : (levels.get(into.source) ?? 0) - (level.get(into.target) ?? 0);
    const whole = around(boxes);
    const dx = right + COLUMN_GAP - whole.left;
    for (const box of boxes) placed.push(shifted(box, dx, dy));
    levels = new Map([...level].map(([id, y]) => [id, y + dy]));
    right = whole.right + dx;
  }
  return placed;
}

/** Drawings that no wire joins, beside and below each other like books: the largest first, loose layers on the shelves below. */
function shelved(drawings: readonly (readonly Box[])[], { canvas }: LayoutRequest): readonly Box[] {
  const books = drawings.map((boxes) => ({ boxes, size: around(boxes) }));
  const wide = ({ size }: (typeof books)[number]) => size.right - size.left + COLUMN_GAP;
  const high = ({ size }: (typeof books)[number]) => size.bottom - size.top + ROW_GAP;
  const area = books.reduce((sum, book) => sum + wide(book) * high(book), 0);
  const length = books.reduce(
    (most, book) => Math.max(most, wide(book)),
    Math.sqrt((area * canvas.width) / canvas.height),
  );
  const placed: Box[] = [];
  let left = 0;
  let top = 0;
  let below = 0;
  for (const book of [...books].sort((a, b) => b.boxes.length - a.boxes.length)) {
    if (left > 0 && left + wide(book) > length) {
      left = 0;
      top = below;
    }
    placed.push(...book.boxes.map((box) => shifted(box, left - book.size.left, top - book.size.top)));
    left += wide(book);
    below = Math.max(below, top + high(book));
  }
  return placed;
}

function snap(value: number): number {
  return Math.round(value / GRID) * GRID;
}
