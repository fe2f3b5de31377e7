import { around, type Box, type LayoutEdge, ROW_GAP, shifted } from './layoutTypes.ts';

/** How many of the widths between the narrowest and the widest drawing are tried. */
const TRIES = 40;
// At this size cards are read; a drawing that fits at it gains nothing from being folded further.
const FULL_SIZE = 1;

/** A stretch that stays in one row: nothing may be cut within it, or it is short enough. */
type Stretch = readonly Box[];

/**
 * Folds a long drawing into rows of the length that lets it be seen largest on the canvas. Rows end where all that is to the left joins all
 * that is to the right by one wire, and only where there is no such place, where the wires come from few layers.
 */
export function foldRows(
  boxes: readonly Box[],
  edges: readonly LayoutEdge[],
  canvas: { readonly width: number; readonly height: number },
): readonly Box[] {
  const parts = stretches(boxes, edges, canvas);
  const widths = parts.map((part) => {
    const { left, right } = around(part);
    return right - left;
  });
  const narrowest = widths.reduce((most, width) => Math.max(most, width), 0);
  const whole = around(boxes);
  let best = stack(parts, Number.POSITIVE_INFINITY);
  let bestScale = scaleOf(best, canvas);
  for (let i = TRIES; i >= 0 && bestScale < FULL_SIZE; i--) {
    const length = narrowest * ((whole.right - whole.left) / narrowest) ** (i / TRIES);
    const folded = stack(parts, length);
    const scale = scaleOf(folded, canvas);
    if (scale <= bestScale * 1.001) continue;
    best = folded;
    bestScale = scale;
  }
  return best;
}

/** The size at which all of a drawing is seen at once. */
function scaleOf(boxes: readonly Box[], canvas: { readonly width: number; readonly height: number }): number {
  const { left, right, top, bottom } = around(boxes);
  return Math.min(FULL_SIZE, canvas.width / (right - left), canvas.height / (bottom - top));
}

interface Cut {
  readonly at: number;
  readonly wires: number;
  readonly layers: number;
}

function stretches(
  boxes: readonly Box[],
  edges: readonly LayoutEdge[],
  canvas: { readonly width: number; readonly height: number },
): readonly Stretch[] {
  const sorted = [...boxes].sort((a, b) => a.left - b.left);
  const cuts = possibleCuts(sorted, edges);
  const parts = cutAt(
    sorted,
    cuts.filter((cut) => cut.wires <= 1).map((cut) => cut.at),
  );
  return parts.flatMap((part) => {
    const { left, right } = around(part);
    if (right - left <= 1.5 * canvas.width) return [part];
    const within = cuts.filter((cut) => cut.at > left && cut.at < right);
    return cutAt(part, cheapCuts(within, left, canvas.width));
  });
}

/** Within a stretch that no single wire divides: the cheapest place of each canvas's width. */
function cheapCuts(cuts: readonly Cut[], left: number, width: number): readonly number[] {
  const chosen: number[] = [];
  let from = left;
  for (let first = 0; first < cuts.length; ) {
    const near = cuts.slice(first).filter((cut) => cut.at > from + width / 3 && cut.at <= from + width);
    const best = near.reduce<Cut | null>(
      (least, cut) =>
        least === null || cut.layers < least.layers || (cut.layers === least.layers && cut.wires <= least.wires)
          ? cut
          : least,
      null,
    );
    from = best?.at ?? from + width;
    if (best !== null) chosen.push(best.at);
    while (first < cuts.length && (cuts[first]?.at ?? 0) <= from) first++;
  }
  return chosen;
}

function cutAt(sorted: readonly Box[], cuts: readonly number[]): readonly Stretch[] {
  const parts: Box[][] = [[]];
  for (const box of sorted) {
    while (parts.length <= cuts.length && box.left > (cuts[parts.length - 1] ?? 0)) parts.push([]);
    parts.at(-1)?.push(box);
  }
  return parts.filter((part) => part.length > 0);
}

/** Places between columns, from left to right, with how many wires cross there and how many layers these come from. */
function possibleCuts(sorted: readonly Box[], edges: readonly LayoutEdge[]): readonly Cut[] {
  const gaps: number[] = [];
  let reach = Number.NEGATIVE_INFINITY;
  for (const box of sorted) {
    if (box.left > reach && reach > Number.NEGATIVE_INFINITY) gaps.push((reach + box.left) / 2);
    reach = Math.max(reach, box.right);
  }
  const byId = new Map(sorted.map((box) => [box.id, box]));
  const wires = gaps.map(() => 0);
  const layers = gaps.map(() => new Set<string>());
  for (const { source, target } of edges) {
    const from = byId.get(source)?.right;
    const to = byId.get(target)?.left;
    if (from === undefined || to === undefined) continue;
    for (let i = firstOver(gaps, from); i < gaps.length && (gaps[i] ?? to) < to; i++) {
      wires[i] = (wires[i] ?? 0) + 1;
      layers[i]?.add(source);
    }
  }
  return gaps.map((at, i) => ({ at, wires: wires[i] ?? 0, layers: layers[i]?.size ?? 0 }));
}

/** Index of the first of rising numbers that is over a value. */
function firstOver(rising: readonly number[], value: number): number {
  let low = 0;
  let high = rising.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rising[middle] ?? 0) > value) high = middle;
    else low = middle + 1;
  }
  return low;
}

function stack(parts: readonly Stretch[], length: number): readonly Box[] {
  const placed: Box[] = [];
  let row: Box[] = [];
  let rowLeft = 0;
  let top = 0;
  const flush = () => {
    if (row.length === 0) return;
    const { left, top: upper, bottom } = around(row);
    placed.push(...row.map((box) => shifted(box, -left, top - upper)));
    top += bottom - upper + ROW_GAP;
    row = [];
  };
  for (const part of parts) {
    const { left, right } = around(part);
    // A hair of tolerance: the length tried is reckoned, not read off.
    if (row.length > 0 && right - rowLeft > length + 0.5) flush();
    if (row.length === 0) rowLeft = left;
    row.push(...part);
  }
  flush();
  return placed;
}
