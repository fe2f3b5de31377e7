import type { LayoutEdge, LayoutNode } from './layoutTypes.ts';
import { ranks, type Wiring } from './wiring.ts';

/**
 * Columns that dagre is given at once. It recurses along the whole of what it is given, and a worker's stack ends at some hundred columns;
 * its time grows faster than the drawing, too.
 */
const MOST_COLUMNS = 40;

/** A stretch of the drawing, from left to right. */
export type Section = readonly LayoutNode[];

/**
 * A connected graph cut into stretches of bounded length: where one wire leads on if there is such a place, else where the wires that lead
 * on come from the fewest layers.
 */
export function sections(
  nodes: readonly LayoutNode[],
  edges: readonly LayoutEdge[],
  wiring: Wiring,
): readonly Section[] {
  const rank = ranks(nodes, wiring);
  const columns = [...rank.values()].reduce((most, value) => Math.max(most, value), 0) + 1;
  if (columns <= MOST_COLUMNS) return [nodes];
  const costs = cutCosts(edges, wiring, rank, columns);
  const starts = [0];
  for (let start = 0; columns - start > MOST_COLUMNS; ) {
    start = bestCut(costs, start + Math.ceil(MOST_COLUMNS / 2), start + MOST_COLUMNS);
    starts.push(start);
  }
  const sectionOf: number[] = [];
  for (const [index, start] of starts.entries())
    for (let column = start; column < (starts[index + 1] ?? columns); column++) sectionOf[column] = index;
  const lists: LayoutNode[][] = starts.map(() => []);
  for (const node of nodes) lists[sectionOf[rank.get(node.id) ?? 0] ?? 0]?.push(node);
  return lists;
}

/** What it costs to cut before each column: the wires across count, and the layers that they come from count for more. */
function cutCosts(
  edges: readonly LayoutEdge[],
  { targets }: Wiring,
  rank: ReadonlyMap<string, number>,
  columns: number,
): readonly number[] {
  // Differences, summed up afterwards: a long wire crosses hundreds of columns.
  const steps = new Array<number>(columns + 1).fill(0);
  const across = (from: number, to: number, cost: number) => {
    if (to <= from) return;
    steps[from + 1] = (steps[from + 1] ?? 0) + cost;
    steps[to + 1] = (steps[to + 1] ?? 0) - cost;
  };
  for (const { source, target } of edges) {
    const from = rank.get(source);
    const to = rank.get(target);
    if (from !== undefined && to !== undefined) across(from, to, 1);
  }
  for (const [id, from] of rank)
    across(
      from,
      (targets.get(id) ?? []).reduce((most, target) => Math.max(most, rank.get(target) ?? 0), 0),
      edges.length,
    );
  let sum = 0;
  return steps.map((step) => {
    sum += step;
    return sum;
  });
}

function bestCut(costs: readonly number[], from: number, to: number): number {
  let best = to;
  for (let column = to; column >= from; column--) if ((costs[column] ?? 0) < (costs[best] ?? 0)) best = column;
  return best;
}
