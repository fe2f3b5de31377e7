import type { Graph, LayerNode } from '../../../core/document/index.ts';
import { nodeSize } from '../../ui/nodeSize.ts';

interface Span {
  readonly top: number;
  readonly bottom: number;
}

const SIDE = 40;
// What a gap between rows has above and below the wire, at least.
const AIR = 10;

/**
 * Heights at which wires that go back to the left cross over: the middle of the widest gap between the rows they lead from and to, so that
 * they run over no card. By edge id; a wire without a gap is left out.
 */
export function detours(graph: Graph): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  // Sorted once: hundreds of wires may go back in a large network.
  const cards = Object.values(graph.nodes)
    .map(cardOf)
    .sort((a, b) => a.top - b.top);
  const rows = cards.map(({ top, bottom }) => ({ top: top - AIR, bottom: bottom + AIR }));
  for (const edge of Object.values(graph.edges)) {
    const source = graph.nodes[edge.source];
    const target = graph.nodes[edge.target];
    if (source === undefined || target === undefined) continue;
    const from = edgeOf(source, 'right');
    const to = edgeOf(target, 'left');
    if (to.x >= from.x || to.y <= from.y) continue;
    const within = { top: from.y, bottom: to.y };
    // Between whole rows where there is such a gap, which keeps clear of skips that run above a row; else past the cards on its own way.
    const height =
      widestGap(rows, within) ??
      widestGap(
        cards.filter(({ left, right }) => left < from.x + SIDE && right > to.x - SIDE),
        within,
      );
    if (height !== null) found.set(edge.id, height);
  }
  return found;
}

function cardOf({ type, position }: LayerNode): Span & { readonly left: number; readonly right: number } {
  const { width, height } = nodeSize(type);
  return { left: position.x, right: position.x + width, top: position.y, bottom: position.y + height };
}

function edgeOf(node: LayerNode, side: 'left' | 'right'): { readonly x: number; readonly y: number } {
  const { width, height } = nodeSize(node.type);
  return { x: node.position.x + (side === 'right' ? width : 0), y: node.position.y + height / 2 };
}

/** The middle of the widest stretch of `within` that none of the spans, sorted by their tops, covers; null when all is covered. */
export function widestGap(spans: readonly Span[], within: Span): number | null {
  let best: Span | null = null;
  let free = within.top;
  const consider = (bottom: number) => {
    if (bottom - free > (best === null ? 0 : best.bottom - best.top)) best = { top: free, bottom };
  };
  for (const span of spans) {
    if (span.top >= within.bottom) break;
    consider(Math.min(span.top, within.bottom));
    free = Math.max(free, span.bottom);
  }
  consider(within.bottom);
  const gap = best as Span | null;
  return gap === null ? null : (gap.top + gap.bottom) / 2;
}
