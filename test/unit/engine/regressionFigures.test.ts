import { expect, it } from 'vitest';
import { regressionFigures } from '../../../core/engine/evaluate/regressionFigures.ts';

it('by hand: errors, explained spread, and what always saying the training mean would give', () => {
  // Truths 10, 20, 30, 40; said 12, 18, 33, 37: errors 2, 2, 3, 3, squares 4 + 4 + 9 + 9 = 26.
  // Spread around 25: 225 + 25 + 25 + 225 = 500. Training mean 20: errors 10, 0, 10, 20; squares 600.
  const figures = regressionFigures([10, 20, 30, 40], [12, 18, 33, 37], [20]);
  expect(figures.mae).toBeCloseTo(2.5, 12);
  expect(figures.rmse).toBeCloseTo(Math.sqrt(26 / 4), 12);
  expect(figures.r2).toBeCloseTo(1 - 26 / 500, 12);
  expect(figures.baseline.mae).toBeCloseTo(10, 12);
  expect(figures.baseline.rmse).toBeCloseTo(Math.sqrt(150), 12);
  expect(figures.baseline.r2).toBeCloseTo(1 - 600 / 500, 12);
});

it('several columns: R² is the mean of theirs, and has none where one never changes', () => {
  // Columns (1, 3) said (1, 3): 1. Columns (10, 30) said (20, 20): 0.
  expect(regressionFigures([1, 10, 3, 30], [1, 20, 3, 20], [0, 0]).r2).toBeCloseTo(0.5, 12);
  expect(regressionFigures([1, 7, 3, 7], [1, 7, 3, 7], [0, 0]).r2).toBeNull();
});
