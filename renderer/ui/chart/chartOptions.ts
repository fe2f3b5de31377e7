import type uPlot from 'uplot';
import { textScale } from '../textScale.ts';
import type { ChartLine, ChartMark } from './chartData.ts';

/** What the drawing needs to know besides the lines. All of it may change between draws, so it is asked for each time. */
export interface ChartContext {
  readonly lines: readonly ChartLine[];
  readonly logScale: boolean;
  readonly syncKey: string;
  /** Values are shares of one: the axis never leaves 0 to 1. */
  readonly share: boolean;
  /** The value of a CSS custom property on the chart's element. */
  css(property: string): string;
  xMax(): number;
  /** The highest value to show, or null for all of them (see `scaleLimit`). */
  yTop(): number | null;
  marks(): readonly ChartMark[];
  onCursor(x: number | null): void;
}

const WHOLE_STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000];

// Pixels of letters at the usual size of text.
const LABEL = 11;

/** uPlot's options for a chart of training metrics: thin horizontal grid, whole epochs below, marks as dashed lines. */
export function chartOptions(context: ChartContext, width: number, height: number): uPlot.Options {
  const scale = textScale();
  const font = `${LABEL * scale}px ${context.css('--font-ui') || 'sans-serif'}`;
  const quiet = (): string => context.css('--ink-2');
  return {
    width,
    height,
    padding: [8, 10, 0, 0],
    legend: { show: false },
    cursor: {
      y: false,
      sync: { key: context.syncKey, setSeries: false, scales: ['x', null] },
      drag: { x: false, y: false, setScale: false },
      points: {
        size: (_, i) => (context.lines[i - 1]?.faint === false ? 7 : 0),
        width: 1.5,
        stroke: () => context.css('--panel'),
        fill: (_, i) => context.css(context.lines[i - 1]?.color ?? '--ink-3'),
      },
    },
    scales: {
      x: { time: false, range: (_, min, max) => [Math.min(0, min ?? 0), Math.max(max ?? 0, context.xMax(), 1)] },
      y: context.logScale
        ? { distr: 3, range: (_, min, max) => logRange(min, max) }
        : { range: (_, min, max) => linearRange(min, lower(max, context.yTop()), context.share) },
    },
    axes: [
      {
        stroke: quiet,
        font,
        size: 26 * scale,
        gap: 6,
        space: 44 * scale,
        incrs: WHOLE_STEPS,
        grid: { show: false },
        ticks: { show: false },
        border: { show: true, stroke: () => context.css('--line-strong'), width: 1 },
      },
      {
        stroke: quiet,
        font,
        size: (_, values) => 14 + 6.3 * scale * Math.max(3, ...(values ?? []).map((text) => text?.length ?? 0)),
        gap: 6,
        // About seven lines however tall the chart: more would be a fence.
        space: (_plot, _axis, _min, _max, height) => Math.max(30 * scale, height / 7),
        values: (_, splits, _axis, _space, step) =>
          splits.map((value) => (value === null ? null : axisText(value, step, context))),
        ...(context.logScale ? { filter: (_: uPlot, splits: number[]) => splits.map(labelledOnLogAxis) } : {}),
        grid: {
          show: true,
          stroke: () => context.css('--line'),
          width: 1,
          ...(context.logScale ? { filter: (_: uPlot, splits: number[]) => splits.map(labelledOnLogAxis) } : {}),
        },
        ticks: { show: false },
      },
    ],
    series: [{}, ...context.lines.map((line) => seriesOf(line, context))],
    hooks: {
      drawAxes: [(plot) => drawMarks(plot, context)],
      setCursor: [
        (plot) => {
          const left = plot.cursor.left ?? -1;
          context.onCursor(left < 0 ? null : plot.posToVal(left, 'x'));
        },
      ],
    },
  };
}

function seriesOf(line: ChartLine, context: ChartContext): uPlot.Series {
  return {
    label: line.label ?? '',
    stroke: () => context.css(line.color),
    width: line.faint ? 1 : 1.75,
    alpha: line.faint ? 0.22 : 1,
    spanGaps: true,
    ...(line.dash ? { dash: [...line.dash] } : {}),
    // A lone first point has no line through it; without a dot it could not be seen.
    points: { show: !line.faint && line.xs.length === 1, size: 5, fill: () => context.css(line.color) },
  };
}

/** A value on the y axis, all of one axis with the same decimals: as many as its steps need. */
function axisText(value: number, step: number, context: ChartContext): string {
  if (context.logScale)
    return value < 1e-3 || value >= 1e4
      ? value.toExponential(0).replace('e+', 'e')
      : String(Number(value.toPrecision(1)));
  if (context.share) return `${(value * 100).toFixed(decimalsOf(step * 100))} %`;
  if (step < 1e-4 || Math.abs(value) >= 1e6) return value === 0 ? '0' : value.toExponential(1).replace('e+', 'e');
  return value.toFixed(decimalsOf(step));
}

/** Decimals that tell multiples of a step apart: 1 for 0.5, 2 for 0.25. Steps are 1, 2, 2.5 or 5 times a power of ten. */
function decimalsOf(step: number): number {
  const first = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const scaled = step * 10 ** first;
  return Math.abs(scaled - Math.round(scaled)) > 1e-6 ? first + 1 : first;
}

function lower(max: number | null, top: number | null): number | null {
  return max === null || top === null ? max : Math.min(max, top);
}

function linearRange(min: number | null, max: number | null, share: boolean): [number, number] {
  if (min === null || max === null || !Number.isFinite(min) || !Number.isFinite(max)) return [0, 1];
  const span = max - min || Math.abs(max) * 0.2 || 1;
  const low = min - span * 0.06;
  const high = max + span * 0.06;
  return [min >= 0 ? Math.max(0, low) : low, share ? Math.min(1, high) : high];
}

function logRange(min: number | null, max: number | null): [number, number] {
  if (min === null || max === null || !(min > 0) || !Number.isFinite(max)) return [0.1, 1];
  return [min / 1.15, max * 1.15];
}

/** 1, 2 and 5 times a power of ten get a label and a grid line; the rest would only be noise. */
function labelledOnLogAxis(value: number): number | null {
  const leading = Number.parseInt(value.toExponential(6).charAt(0), 10);
  return leading === 1 || leading === 2 || leading === 5 ? value : null;
}

function drawMarks(plot: uPlot, context: ChartContext): void {
  const { ctx, bbox } = plot;
  ctx.save();
  for (const mark of context.marks()) {
    const x = Math.round(plot.valToPos(mark.x, 'x', true)) + 0.5;
    if (x < bbox.left || x > bbox.left + bbox.width + 1) continue;
    ctx.strokeStyle = context.css('--good');
    ctx.lineWidth = devicePixelRatio;
    ctx.setLineDash([3 * devicePixelRatio, 3 * devicePixelRatio]);
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
    ctx.fillStyle = context.css('--good');
    ctx.font = `${LABEL * textScale() * devicePixelRatio}px ${context.css('--font-ui') || 'sans-serif'}`;
    // Shares climb to the top, losses fall to the bottom: the label goes where the curves are not.
    ctx.textBaseline = context.share ? 'bottom' : 'top';
    const leftHalf = x < bbox.left + bbox.width / 2;
    ctx.textAlign = leftHalf ? 'left' : 'right';
    ctx.fillText(
      mark.label,
      x + (leftHalf ? 5 : -5) * devicePixelRatio,
      context.share ? bbox.top + bbox.height - 4 : bbox.top,
    );
  }
  ctx.restore();
}
