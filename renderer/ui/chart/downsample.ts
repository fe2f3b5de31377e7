export interface Points {
  readonly xs: readonly number[];
  readonly ys: readonly number[];
}

/**
 * Largest-triangle-three-buckets (Steinarsson 2013): at most `limit` of the points, chosen so that the line looks the same. First
 * and last stay. Keeps a long run's curves cheap to draw ten times a second.
 */
export function downsample(points: Points, limit: number): Points {
  const { xs, ys } = points;
  const count = Math.min(xs.length, ys.length);
  if (count <= limit || limit < 3) return points;
  const at = (list: readonly number[], index: number): number => list[index] ?? 0;
  const chosen = [0];
  const width = (count - 2) / (limit - 2);
  let last = 0;
  for (let bucket = 0; bucket < limit - 2; bucket++) {
    const start = Math.floor(bucket * width) + 1;
    const end = Math.floor((bucket + 1) * width) + 1;
    const nextEnd = Math.min(Math.floor((bucket + 2) * width) + 1, count);
    let meanX = 0;
    let meanY = 0;
    for (let i = end; i < nextEnd; i++) {
      meanX += at(xs, i);
      meanY += at(ys, i);
    }
    meanX /= nextEnd - end;
    meanY /= nextEnd - end;
    let best = start;
    let bestArea = -1;
    for (let i = start; i < end; i++) {
      const area = Math.abs(
        (at(xs, last) - meanX) * (at(ys, i) - at(ys, last)) - (at(xs, last) - at(xs, i)) * (meanY - at(ys, last)),
      );
      if (area > bestArea) {
        bestArea = area;
        best = i;
      }
    }
    chosen.push(best);
    last = best;
  }
  chosen.push(count - 1);
  return { xs: chosen.map((i) => at(xs, i)), ys: chosen.map((i) => at(ys, i)) };
}
