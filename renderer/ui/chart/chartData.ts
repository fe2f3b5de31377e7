/** One line of a chart. Its style is fixed by its key for as long as the chart stands; its points grow. */
export interface ChartLine {
  readonly key: string;
  /** Name in the legend; null keeps it out of the legend (the raw line under a smoothed one). */
  readonly label: string | null;
  /** CSS custom property that holds the colour, e.g. `--train`, so that it follows the theme. */
  readonly color: string;
  readonly faint: boolean;
  readonly dash: readonly number[] | null;
  readonly xs: readonly number[];
  readonly ys: readonly number[];
}

export interface ChartMark {
  readonly x: number;
  readonly label: string;
}

export interface ChartData {
  readonly lines: readonly ChartLine[];
  /** Right end of the x axis, at least. */
  readonly xMax: number;
  readonly marks: readonly ChartMark[];
}

/** Where a chart reads its data. It redraws on notice and renders nothing through React while it does. */
export interface ChartSource {
  read(): ChartData;
  /** Calls `listener` when there is something new to read; returns how to stop. */
  subscribe(listener: () => void): () => void;
}

/** The line's value at the point nearest to `x`, or null outside what it covers (by more than one unit) and for an empty line. */
export function valueNear(line: ChartLine, x: number): number | null {
  const { xs, ys } = line;
  if (xs.length === 0) return null;
  let low = 0;
  let high = xs.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((xs[middle] ?? 0) < x) low = middle + 1;
    else high = middle;
  }
  const before = Math.max(0, low - 1);
  const index = Math.abs((xs[before] ?? 0) - x) <= Math.abs((xs[low] ?? 0) - x) ? before : low;
  return Math.abs((xs[index] ?? 0) - x) > 1 ? null : (ys[index] ?? null);
}

export function lastValue(line: ChartLine): number | null {
  return line.ys[line.ys.length - 1] ?? null;
}

/** Same lines in the same styles: the drawing can be fed new points instead of being built anew. */
export function lineStyles(lines: readonly ChartLine[]): string {
  return lines.map((l) => `${l.key}|${l.label ?? ''}|${l.color}|${l.faint}|${l.dash?.join(',') ?? ''}`).join('\n');
}

/** All lines on one ascending x axis: `[xs, ys of line 1, ys of line 2, ...]`, null where a line has no point. */
export function alignLines(lines: readonly ChartLine[]): [number[], ...(number | null)[][]] {
  const all = new Set<number>();
  for (const line of lines) for (const x of line.xs) all.add(x);
  const xs = [...all].sort((a, b) => a - b);
  const indexOf = new Map(xs.map((x, i) => [x, i]));
  const columns = lines.map((line) => {
    const column = new Array<number | null>(xs.length).fill(null);
    line.xs.forEach((x, i) => {
      const y = line.ys[i];
      const index = indexOf.get(x);
      if (index !== undefined && y !== undefined && Number.isFinite(y)) column[index] = y;
    });
    return column;
  });
  return [xs, ...columns];
}

/** What a screen reader hears of a chart: "Loss. train 0.064, validation 0.118. Best epoch 14." */
export function describeChart(title: string, data: ChartData, format: (value: number) => string): string {
  const values = data.lines.flatMap((line) => {
    const value = lastValue(line);
    return line.label === null || value === null ? [] : [`${line.label} ${format(value)}`];
  });
  const marks = data.marks.map((mark) => mark.label);
  const sentences = [title, values.length > 0 ? values.join(', ') : 'No values yet', ...marks];
  return `${sentences.join('. ')}.`;
}
