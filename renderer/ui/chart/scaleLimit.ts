import type { ChartLine } from './chartData.ts';

/** A line that stays, or ends, so many times higher than all of another one has run away: drawn in full it would flatten the others. */
const RUNAWAY = 8;

export interface ScaleLimit {
  /** The highest value that is shown. */
  readonly top: number;
  /** What leaves the scale: the names of the lines, each with the highest it reached. */
  readonly beyond: readonly { readonly label: string; readonly reached: number }[];
}

/**
 * The height at which a linear scale of several lines ends when one of them has diverged, or null where all of them can be shown.
 * A line that only begins high has not: every loss does.
 */
export function scaleLimit(lines: readonly ChartLine[]): ScaleLimit | null {
  const reaches = lines.flatMap((line) => {
    const reached = line.ys.reduce(
      (most, y) => (Number.isFinite(y) ? Math.max(most, y) : most),
      Number.NEGATIVE_INFINITY,
    );
    return reached === Number.NEGATIVE_INFINITY ? [] : [{ line, reached, stays: staysAt(line) }];
  });
  const lowest = reaches.reduce((least, { reached }) => Math.min(least, reached), Number.POSITIVE_INFINITY);
  if (!(lowest > 0) || !Number.isFinite(lowest)) return null;
  const limit = lowest * RUNAWAY;
  const beyond = reaches.filter(({ stays }) => stays > limit);
  if (beyond.length === 0) return null;
  const top = reaches.reduce((most, { reached, stays }) => (stays > limit ? most : Math.max(most, reached)), lowest);
  return {
    top,
    beyond: beyond.flatMap(({ line, reached }) => (line.label === null ? [] : [{ label: line.label, reached }])),
  };
}

/** What a line never falls below in its latter half, or where it ends, whichever is higher. */
function staysAt({ ys }: ChartLine): number {
  const finite = ys.filter(Number.isFinite);
  const latter = finite.slice(Math.floor(finite.length / 2));
  const floor = latter.reduce((least, y) => Math.min(least, y), Number.POSITIVE_INFINITY);
  return Math.max(floor, finite.at(-1) ?? 0);
}
