import type { HeadEvaluation } from '../protocol.ts';

/** Counts of true (row) against predicted (column) classes, and what follows from them for each class. */
export function confusionOf(
  classes: readonly string[],
  pairs: readonly { readonly truth: number; readonly predicted: number }[],
): Pick<HeadEvaluation, 'confusion' | 'perClass'> {
  const matrix = classes.map(() => classes.map(() => 0));
  for (const { truth, predicted } of pairs) {
    const row = matrix[truth];
    if (row && predicted < row.length) row[predicted] = (row[predicted] ?? 0) + 1;
  }
  const perClass = classes.map((name, index) => {
    const hits = matrix[index]?.[index] ?? 0;
    const support = (matrix[index] ?? []).reduce((sum, n) => sum + n, 0);
    const claimed = matrix.reduce((sum, row) => sum + (row[index] ?? 0), 0);
    // 0 / 0 counts as 0, as in scikit-learn.
    const precision = claimed === 0 ? 0 : hits / claimed;
    const recall = support === 0 ? 0 : hits / support;
    const f1 = precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
    return { name, precision, recall, f1, support };
  });
  return { confusion: { classes: [...classes], matrix }, perClass };
}
