import type { MetricSettings, Outputs, TargetKind } from '../../../core/training/index.ts';
import { bits, oneHot, rows } from './numbers.ts';

export interface MetricCase {
  readonly title: string;
  readonly settings: MetricSettings;
  readonly kind: TargetKind;
  readonly trainsOn: Outputs;
  readonly output: number[][];
  readonly target: number[][];
}

const single = (all: number[][]) => all.map(([first = 0]) => [first]);

/** Every metric, with each parameter that changes what it says. */
export const METRIC_CASES: readonly MetricCase[] = [
  {
    title: 'accuracy of classes',
    settings: { name: 'accuracy' },
    kind: 'classes',
    trainsOn: 'probabilities',
    output: rows('h', 0, 1),
    target: oneHot,
  },
  {
    title: 'accuracy of one logit',
    settings: { name: 'accuracy' },
    kind: 'binary',
    trainsOn: 'logits',
    output: single(rows('i', -1, 1)),
    target: single(bits),
  },
  // Of four classes; two equal outputs stand at the edge.
  ...([1, 2, 3] as const).map((k) => ({
    title: `top-${k} accuracy`,
    settings: { name: 'topKAccuracy' as const, k },
    kind: 'classes' as const,
    trainsOn: 'probabilities' as const,
    output: [[0.2, 0.2, 0.5, 0.1], ...rows('h', 0, 1).slice(1)],
    target: oneHot,
  })),
  ...(['meanAbsoluteError', 'meanSquaredError'] as const).map((name) => ({
    title: name,
    settings: { name },
    kind: 'numbers' as const,
    trainsOn: 'values' as const,
    output: rows('f', -3, 3),
    target: rows('g', -3, 3),
  })),
];
