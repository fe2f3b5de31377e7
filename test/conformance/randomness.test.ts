import { afterEach, describe, expect, it } from 'vitest';
import { drawDropoutMask, randomness } from '../../core/engine/build/layers/randomness.ts';

afterEach(() => Object.assign(randomness, { seed: 0, step: 0 }));

const draw = (seed: number, step: number, key = 'drop', ownSeed: number | null = null) => {
  Object.assign(randomness, { seed, step });
  return drawDropoutMask(key, 20_000, 0.3, ownSeed);
};
const agreement = (a: Float32Array, b: Float32Array) => a.filter((x, i) => x === b[i]).length / a.length;

describe('dropout masks', () => {
  it('are the same for the same run, layer and step', () => {
    expect(draw(1, 5)).toEqual(draw(1, 5));
    expect(draw(1, 5, 'drop', 9)).toEqual(draw(2, 5, 'drop', 9));
  });

  it('have nothing to do with each other otherwise', () => {
    for (const other of [draw(2, 5), draw(1, 6), draw(1, 5, 'drop_2'), draw(5, 1)]) {
      // Two independent masks agree in 0.3² + 0.7² of all places.
      expect(agreement(draw(1, 5), other)).toBeCloseTo(0.58, 1);
    }
  });

  it('drop at the rate and keep the expected sum', () => {
    const mask = draw(1, 1);
    expect(mask.filter((x) => x === 0).length / mask.length).toBeCloseTo(0.3, 1);
    expect(mask.reduce((a, b) => a + b) / mask.length).toBeCloseTo(1, 1);
    expect(new Set(drawDropoutMask('x', 100, 1))).toEqual(new Set([0]));
  });
});
