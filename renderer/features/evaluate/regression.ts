import type { HeadEvaluation } from '../../../core/engine/index.ts';

type Prediction = HeadEvaluation['predictions'][number];

/** Predicted minus true, or null where either is not one number. */
export function errorOf({ target, predicted }: Pick<Prediction, 'target' | 'predicted'>): number | null {
  const error = Number(predicted) - Number(target);
  return Number.isFinite(error) ? error : null;
}

/** Decimals that do the data justice: one more than its most exact target has, four at most. */
export function decimalsOf(rows: readonly Pick<Prediction, 'target'>[]): number {
  const most = rows.reduce((max, { target }) => Math.max(max, /\.(\d+)$/.exec(target)?.[1]?.length ?? 0), 0);
  return Math.min(4, most + 1);
}
