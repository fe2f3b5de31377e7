import { BLOCK_INPUT, BLOCK_OUTPUT, compareNatural, type LayerNode } from '../../document/index.ts';
import type { Position } from './room.ts';

type Placed = Pick<LayerNode, 'id' | 'position'>;

/** The smallest box around the places of nodes, without the size of their cards. */
export function boxAround(nodes: readonly Placed[]): { readonly from: Position; readonly to: Position } {
  const xs = nodes.map(({ position }) => position.x);
  const ys = nodes.map(({ position }) => position.y);
  const none = nodes.length === 0;
  return {
    from: { x: none ? 0 : Math.min(...xs), y: none ? 0 : Math.min(...ys) },
    to: { x: none ? 0 : Math.max(...xs), y: none ? 0 : Math.max(...ys) },
  };
}

/** Where one card stands in the middle of several. */
export function middleOf(nodes: readonly Placed[]): Position {
  const { from, to } = boxAround(nodes);
  return { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
}

/** From top to bottom, then from left to right. */
export const byPlace = (a: Placed, b: Placed): number =>
  a.position.y - b.position.y || a.position.x - b.position.x || compareNatural(a.id, b.id);

export const isPort = ({ type }: Pick<LayerNode, 'type'>): boolean => type === BLOCK_INPUT || type === BLOCK_OUTPUT;
