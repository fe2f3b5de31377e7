/**
 * How far down a node's side a port is, as a share of its height: the first in the middle, so that a chain's wire runs straight, the
 * others below and above it in turn.
 */
export function portPlace(index: number, count: number): number {
  const step = Math.min(0.28, 0.8 / Math.max(1, count - 1));
  const away = Math.ceil(index / 2) * step;
  return index % 2 === 1 ? 0.5 + away : 0.5 - away;
}
