import type { LossName, Outputs } from '../../../core/training/index.ts';
import { bits, oneHot, rows } from './numbers.ts';

export interface LossCase {
  readonly title: string;
  readonly loss: LossName;
  /** Values of the loss's own parameters. */
  readonly params: { readonly [name: string]: number | boolean };
  readonly trainsOn: Outputs;
  readonly output: number[][];
  readonly target: number[][];
  /** The same in PyTorch (`torch.nn`); null where PyTorch has none. */
  readonly torch: { readonly name: string; readonly arguments: object } | null;
}

const torch = (name: string, args: object = {}) => ({ name, arguments: args });

const classes = (title: string, output: number[][], logits: boolean, labelSmoothing = 0): LossCase => ({
  title: `cross-entropy from ${title}`,
  loss: 'categoricalCrossentropy',
  params: { fromLogits: logits, labelSmoothing },
  trainsOn: logits ? 'logits' : 'probabilities',
  output,
  target: oneHot,
  torch: logits ? torch('CrossEntropyLoss', { label_smoothing: labelSmoothing }) : null,
});

const binary = (title: string, output: number[][], logits: boolean, labelSmoothing = 0): LossCase => ({
  title: `binary cross-entropy from ${title}`,
  loss: 'binaryCrossentropy',
  params: { fromLogits: logits, labelSmoothing },
  trainsOn: logits ? 'logits' : 'probabilities',
  output,
  target: bits,
  torch: labelSmoothing > 0 ? null : torch(logits ? 'BCEWithLogitsLoss' : 'BCELoss'),
});

const values = (title: string, loss: LossName, name: string | null, params = {}, args = {}): LossCase => ({
  title,
  loss,
  params,
  trainsOn: 'values',
  output: rows('f', -3, 3),
  target: rows('g', -3, 3),
  torch: name === null ? null : torch(name, args),
});

/** Every loss, with each parameter that changes what it does. */
export const LOSS_CASES: readonly LossCase[] = [
  classes('logits', rows('a', -5, 5), true),
  classes('logits, smoothed', rows('a', -5, 5), true, 0.1),
  classes('probabilities', rows('b', 0, 1), false),
  classes('probabilities, smoothed', rows('b', 0, 1), false, 0.2),
  classes('extreme logits', rows('c', -300, 300), true),
  binary('logits', rows('d', -8, 8), true),
  binary('logits, smoothed', rows('d', -8, 8), true, 0.1),
  binary('probabilities', rows('e', 0, 1), false),
  values('mean squared error', 'meanSquaredError', 'MSELoss'),
  values('mean absolute error', 'meanAbsoluteError', 'L1Loss'),
  values('Huber', 'huber', 'HuberLoss', { delta: 1 }),
  values('Huber with a delta', 'huber', 'HuberLoss', { delta: 0.4 }, { delta: 0.4 }),
];
