import type { RegressionFigures } from '../protocol.ts';

/**
 * How near predicted numbers come to the truth, beside always saying the mean of the training part. Errors are over all numbers, in
 * the target's own units; R² is 1 − Σ(truth − predicted)² / Σ(truth − mean)² with the mean of these truths, averaged over the columns
 * of a target that has several (as scikit-learn's `r2_score`); null where a column is the same number throughout.
 * @param truths and @param predicted sample after sample, `means.length` numbers each
 * @param means of the training part, one a column
 */
export function regressionFigures(
  truths: readonly number[],
  predicted: readonly number[],
  means: readonly number[],
): RegressionFigures {
  const always = truths.map((_, i) => means[i % means.length] ?? 0);
  return { ...figures(truths, predicted, means.length), baseline: figures(truths, always, means.length) };
}

function figures(truths: readonly number[], said: readonly number[], width: number): RegressionFigures['baseline'] {
  const count = Math.max(1, truths.length);
  const { sizes, squares } = sums(truths, said);
  const columns = Array.from({ length: width }, (_, column) => {
    const of = (values: readonly number[]) => values.filter((_, i) => i % width === column);
    const truth = of(truths);
    const mean = truth.reduce((a, b) => a + b, 0) / Math.max(1, truth.length);
    const spread = truth.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    return spread === 0 ? Number.NaN : 1 - sums(truth, of(said)).squares / spread;
  });
  const r2 = columns.reduce((a, b) => a + b, 0) / Math.max(1, width);
  return { mae: sizes / count, rmse: Math.sqrt(squares / count), r2: Number.isFinite(r2) ? r2 : null };
}

function sums(truths: readonly number[], said: readonly number[]): { sizes: number; squares: number } {
  let [sizes, squares] = [0, 0];
  for (const [i, truth] of truths.entries()) {
    const error = truth - (said[i] ?? 0);
    sizes += Math.abs(error);
    squares += error * error;
  }
  return { sizes, squares };
}
