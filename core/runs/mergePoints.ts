import type { MetricPoint } from './record.ts';

/**
 * A run's curve as read from its file, with the points that arrived meanwhile. The file may lag behind them, and some may be in both.
 * `live` is in order and ends the curve.
 */
export function mergePoints(file: readonly MetricPoint[], live: readonly MetricPoint[]): readonly MetricPoint[] {
  const key = (point: MetricPoint) => `${point.kind}:${point.step}`;
  const seen = new Set(file.map(key));
  return [...file, ...live.filter((point) => !seen.has(key(point)))];
}
