import type { MetricPoint } from '../../../core/runs/index.ts';
import type { ChartLine } from './chartData.ts';
import { downsample } from './downsample.ts';
import { isSetting, validationMetric } from './metricNames.ts';
import { smooth } from './smooth.ts';

/** More points than pixels on any screen add nothing to look at. */
const MAX_POINTS = 1600;

/** How one run's lines look. */
export interface RunStyle {
  /** Prefix in the legend, '' for a run on its own. */
  readonly name: string;
  readonly trainColor: string;
  readonly validationColor: string;
  /** Dashes for the training line, so that it differs from validation where both have the run's colour. */
  readonly trainDash: readonly number[] | null;
}

/** A run alone on the chart: train blue, validation orange, everywhere the same. */
export const SINGLE_RUN: RunStyle = {
  name: '',
  trainColor: '--train',
  validationColor: '--val',
  trainDash: null,
};

export const RUN_COLORS = ['--run-1', '--run-2', '--run-3', '--run-4', '--run-5', '--run-6', '--run-7', '--run-8'];

/** One of several overlaid runs: one hue, validation solid, training dashed. */
export function overlaidRun(name: string, index: number): RunStyle {
  const color = RUN_COLORS[index % RUN_COLORS.length] ?? '--run-1';
  return { name, trainColor: color, validationColor: color, trainDash: [4, 4] };
}

/**
 * One metric of one run as lines: training between epochs (raw, faint, under its smoothed self) and validation at each epoch's
 * end, which is exact and is never smoothed. Metrics that only exist at epoch ends give a training line of those.
 */
export function metricLines(
  key: string,
  points: readonly MetricPoint[],
  metric: string,
  smoothing: number,
  style: RunStyle,
): ChartLine[] {
  const steps = pick(points, 'step', metric);
  const train = steps.xs.length > 0 ? steps : pick(points, 'epoch', metric);
  const validation = pick(points, 'epoch', validationMetric(metric));
  const label = (split: string): string => (style.name === '' ? split : `${style.name} · ${split}`);
  const trained = isSetting(metric) ? 'rate' : 'train';
  const lines: ChartLine[] = [];
  const alone = style.name === '';
  if (alone && smoothing > 0) {
    const raw = downsample(train, MAX_POINTS);
    lines.push({
      key: `${key}/raw`,
      label: null,
      color: style.trainColor,
      faint: true,
      dash: null,
      ...raw,
    });
  }
  const smoothed = downsample({ xs: train.xs, ys: smooth(train.xs, train.ys, smoothing) }, MAX_POINTS);
  lines.push({
    key: `${key}/train`,
    label: label(trained),
    color: style.trainColor,
    faint: false,
    dash: style.trainDash,
    ...smoothed,
  });
  if (validation.xs.length > 0) {
    lines.push({
      key: `${key}/validation`,
      label: label('validation'),
      color: style.validationColor,
      faint: false,
      dash: null,
      ...downsample(validation, MAX_POINTS),
    });
  }
  return lines;
}

function pick(points: readonly MetricPoint[], kind: MetricPoint['kind'], name: string): { xs: number[]; ys: number[] } {
  const xs: number[] = [];
  const ys: number[] = [];
  for (const point of points) {
    const value = point.values[name];
    if (point.kind !== kind || value === undefined) continue;
    // A run resumed from a checkpoint repeats the steps after it: what came later stands.
    while (xs.length > 0 && (xs[xs.length - 1] ?? 0) >= point.epoch) {
      xs.pop();
      ys.pop();
    }
    xs.push(point.epoch);
    ys.push(value);
  }
  return { xs, ys };
}
