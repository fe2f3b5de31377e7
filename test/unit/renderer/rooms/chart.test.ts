import { describe, expect, it } from 'vitest';
import type { MetricPoint } from '../../../../core/runs/index.ts';
import { alignLines, type ChartLine, describeChart, valueNear } from '../../../../renderer/ui/chart/chartData.ts';
import { downsample } from '../../../../renderer/ui/chart/downsample.ts';
import { metricLines, overlaidRun, SINGLE_RUN } from '../../../../renderer/ui/chart/metricLines.ts';
import {
  baseMetric,
  formatMeasure,
  fullMetricTitle,
  metricsIn,
  metricText,
  metricTitle,
  sideMetrics,
  validationMetric,
} from '../../../../renderer/ui/chart/metricNames.ts';
import { scaleLimit } from '../../../../renderer/ui/chart/scaleLimit.ts';
import { smooth } from '../../../../renderer/ui/chart/smooth.ts';

const line = (xs: number[], ys: number[], label: string | null = 'train'): ChartLine => ({
  key: label ?? 'raw',
  label,
  color: '--train',
  faint: false,
  dash: null,
  xs,
  ys,
});

const step = (epoch: number, loss: number): MetricPoint => ({
  kind: 'step',
  step: Math.round(epoch * 10),
  epoch,
  time: epoch,
  values: { loss },
});

const epochEnd = (epoch: number, loss: number, valLoss: number): MetricPoint => ({
  kind: 'epoch',
  step: epoch * 10,
  epoch,
  time: epoch,
  values: { loss, accuracy: 1 - loss, valLoss, valAccuracy: 1 - valLoss },
});

describe('smoothing', () => {
  it('keeps a constant constant, from the first point on', () => {
    for (const value of smooth([1, 2, 3, 4], [3, 3, 3, 3], 0.9)) expect(value).toBeCloseTo(3, 12);
  });
  it('is the raw line at weight 0', () => {
    expect(smooth([1, 2, 3], [1, 5, 2], 0)).toEqual([1, 5, 2]);
  });
  it('weighs the past, with the start-up bias divided out', () => {
    const [first, second] = smooth([100, 200], [1, 0], 0.5 ** 0.01);
    expect(first).toBeCloseTo(1);
    expect(second).toBeCloseTo(1 / 3);
  });
  it('is as smooth with many points as with few', () => {
    const wave = (n: number) => {
      const xs = Array.from({ length: n }, (_, i) => ((i + 1) * 10) / n);
      return smooth(
        xs,
        xs.map((x) => (x > 5 ? 1 : 0)),
        0.8,
      );
    };
    const few = wave(200);
    const many = wave(4000);
    expect(many[2200]).toBeCloseTo(few[110]!, 1);
  });
  it('lets a value that is no number through without spoiling what follows', () => {
    const values = smooth([1, 2, 3], [1, Number.NaN, 1], 0.5);
    expect(values[1]).toBeNaN();
    expect(values[2]).toBeCloseTo(1);
  });
});

describe('downsampling', () => {
  const xs = Array.from({ length: 10_000 }, (_, i) => i);
  it('keeps to the limit, both ends and the order', () => {
    const small = downsample({ xs, ys: xs.map((x) => Math.sin(x / 100)) }, 500);
    expect(small.xs).toHaveLength(500);
    expect(small.xs[0]).toBe(0);
    expect(small.xs.at(-1)).toBe(9999);
    expect([...small.xs].sort((a, b) => a - b)).toEqual(small.xs);
  });
  it('keeps a lone spike', () => {
    const small = downsample({ xs, ys: xs.map((x) => (x === 5123 ? 9 : 0)) }, 100);
    expect(Math.max(...small.ys)).toBe(9);
  });
  it('leaves short lines alone', () => {
    const points = { xs: [1, 2], ys: [3, 4] };
    expect(downsample(points, 100)).toBe(points);
  });
});

describe('chart data', () => {
  it('puts lines on one axis with gaps where a line has no point', () => {
    expect(alignLines([line([0.5, 1], [4, 3]), line([1, 2], [6, 5])])).toEqual([
      [0.5, 1, 2],
      [4, 3, null],
      [null, 6, 5],
    ]);
  });
  it('does not draw what is no number', () => {
    expect(alignLines([line([1, 2], [Number.NaN, 3])])).toEqual([
      [1, 2],
      [null, 3],
    ]);
  });
  it('reads the nearest value, and none far outside the line', () => {
    const one = line([1, 2, 3], [10, 20, 30]);
    expect(valueNear(one, 2.4)).toBe(20);
    expect(valueNear(one, 2.6)).toBe(30);
    expect(valueNear(one, 3.9)).toBe(30);
    expect(valueNear(one, 5)).toBeNull();
    expect(valueNear(line([], []), 1)).toBeNull();
  });
  it('says its current values in words', () => {
    const data = {
      lines: [line([1], [0.064]), line([1], [9], null)],
      xMax: 3,
      marks: [{ x: 1, label: 'Best epoch 1' }],
    };
    expect(describeChart('Loss', data, formatMeasure)).toBe('Loss. train 0.0640. Best epoch 1.');
    expect(describeChart('Loss', { lines: [], xMax: 1, marks: [] }, formatMeasure)).toBe('Loss. No values yet.');
  });
});

describe('lines of a run', () => {
  const points = [step(0.5, 2), step(1, 1.5), epochEnd(1, 1.75, 1.2), step(1.5, 1), epochEnd(2, 0.9, 0.8)];
  it('are raw, smoothed and validation for a run alone', () => {
    const lines = metricLines('r', points, 'loss', 0.5, SINGLE_RUN);
    expect(lines.map((l) => [l.key, l.label, l.color])).toEqual([
      ['r/raw', null, '--train'],
      ['r/train', 'train', '--train'],
      ['r/validation', 'validation', '--val'],
    ]);
    expect(lines[0]?.ys).toEqual([2, 1.5, 1]);
    expect(lines[2]?.ys).toEqual([1.2, 0.8]);
  });
  it('fall back to epoch ends for a metric that steps do not carry', () => {
    const lines = metricLines('r', points, 'accuracy', 0, SINGLE_RUN);
    expect(lines[0]?.xs).toEqual([1, 2]);
  });
  it('carry the name and one hue when runs are overlaid', () => {
    const lines = metricLines('r', points, 'loss', 0.5, overlaidRun('iris 2', 1));
    expect(lines.map((l) => [l.label, l.color, l.dash !== null])).toEqual([
      ['iris 2 · train', '--run-2', true],
      ['iris 2 · validation', '--run-2', false],
    ]);
  });
  it('let repeated steps after a resume replace what was there', () => {
    const resumed = [step(0.5, 2), step(1, 1.5), step(1.5, 9), step(1.2, 1.4), step(1.6, 1.1)];
    const [train] = metricLines('r', resumed, 'loss', 0, SINGLE_RUN);
    expect(train?.xs).toEqual([0.5, 1, 1.2, 1.6]);
  });
});

describe('metric names', () => {
  it('pair with their validation twin', () => {
    expect(validationMetric('accuracy')).toBe('valAccuracy');
    expect(baseMetric('valAccuracy')).toBe('accuracy');
    expect(baseMetric('value')).toBe('value');
  });
  it('read as words', () => {
    expect(metricTitle('meanAbsoluteError')).toBe('Mean absolute error');
    expect(metricTitle('valLoss')).toBe('Loss');
    expect(fullMetricTitle('valLoss')).toBe('Validation loss');
  });
  it('come loss first', () => {
    expect(metricsIn([epochEnd(1, 1, 1), { ...step(1, 1), values: { aardvark: 1 } }])).toEqual([
      'loss',
      'accuracy',
      'aardvark',
    ]);
  });
  it('have values of steady width', () => {
    expect(formatMeasure(0.1)).toBe('0.100');
    expect(formatMeasure(12.345)).toBe('12.3');
    expect(formatMeasure(0.000081)).toBe('8.1e-5');
    expect(formatMeasure(12840)).toBe('12,840');
    expect(metricText('valAccuracy', 0.969)).toBe('96.9 %');
    expect(metricText('loss', Number.NaN)).toBe('not a number');
  });
});

describe('metrics of several heads', () => {
  const values = {
    loss: 1.5,
    SpeciesLoss: 1,
    SpeciesAccuracy: 0.75,
    sizeLoss: 0.5,
    sizeMae: 12,
    valLoss: 2,
    valSpeciesLoss: 1.25,
    valSpeciesAccuracy: 0.5,
    valSizeLoss: 0.75,
    valSizeMae: 14,
  };
  it('has a chart for each, with its validation in the same one', () => {
    const metrics = metricsIn([{ kind: 'epoch', step: 1, epoch: 1, time: 1, values }]);
    expect([...metrics].sort()).toEqual(['SpeciesAccuracy', 'SpeciesLoss', 'loss', 'sizeLoss', 'sizeMae']);
    for (const name of metrics) expect(values).toHaveProperty(validationMetric(name));
  });
  it('reads an accuracy as per cent, whichever head it is of', () => {
    expect(metricText('SpeciesAccuracy', 0.75)).toBe('75.0 %');
    expect(metricText('valSpeciesAccuracy', 0.5)).toBe('50.0 %');
    expect(metricText('sizeMae', 12)).toBe('12.0');
  });
  it('lists every head beside the loss in the table of runs', () => {
    expect(sideMetrics(values)).toEqual(['valSpeciesAccuracy', 'valSizeMae']);
    expect(sideMetrics({ loss: 1, accuracy: 1, valLoss: 1, valAccuracy: 0.5 })).toEqual(['valAccuracy']);
  });
});

describe('the scale of several runs', () => {
  const falling = line([1, 2, 3, 4], [2.3, 0.9, 0.4, 0.2], 'run 1');
  it('leaves out what has diverged, and names it', () => {
    const diverged = line([1, 2, 3, 4], [2.3, 40, 9e5, 3.2e9], 'run 2');
    expect(scaleLimit([falling, diverged])).toEqual({ top: 2.3, beyond: [{ label: 'run 2', reached: 3.2e9 }] });
  });
  it('also what then became no number at all', () => {
    const diverged = line([1, 2, 3, 4], [2.3, 4e4, Number.POSITIVE_INFINITY, Number.NaN], 'run 2');
    expect(scaleLimit([falling, diverged])?.top).toBe(2.3);
  });
  it('shows all of a line that only begins high', () => {
    expect(scaleLimit([falling, line([1, 2, 3, 4], [0.08, 0.07, 0.06, 0.06], 'validation')])).toBeNull();
    expect(scaleLimit([line([1, 2, 3], [90, 2, 0.1]), line([1, 2, 3], [0.3, 0.2, 0.1])])).toBeNull();
  });
  it('shows all of a lone run, of no points, and of losses below nought', () => {
    expect(scaleLimit([line([1, 2, 3], [1, 50, 3e6])])).toBeNull();
    expect(scaleLimit([line([], []), falling])).toBeNull();
    expect(scaleLimit([line([1], [-2]), line([1], [9])])).toBeNull();
  });
});
