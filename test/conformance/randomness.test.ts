import { afterEach, describe, expect, it } from 'vitest';
import { philox } from '../../core/engine/model/layers/philox.ts';
import { dropoutMaskValues, maskSeed, randomness } from '../../core/engine/model/layers/randomness.ts';

afterEach(() => Object.assign(randomness, { seed: 0, step: 0 }));

const draw = (seed: number, step: number, key = 'drop', ownSeed: number | null = null) => {
  Object.assign(randomness, { seed, step });
  return dropoutMaskValues(maskSeed(key, ownSeed), 20_000, 0.3);
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
    expect(new Set(dropoutMaskValues([1, 1], 100, 1))).toEqual(new Set([0]));
    expect(new Set(dropoutMaskValues([1, 1], 100, 0))).toEqual(new Set([1]));
  });

  it('have the size asked for, and a longer one begins as a shorter one', () => {
    for (const size of [1, 2, 3, 4, 5, 7])
      expect(dropoutMaskValues([3, 4], size, 0.5)).toEqual(dropoutMaskValues([3, 4], 8, 0.5).slice(0, size));
  });
});

describe('Philox4x32-10', () => {
  // The published test vectors: Random123's tests/kat_vectors, lines `philox4x32 10`.
  it.each([
    ['00000000 00000000 00000000 00000000', '00000000 00000000', '6627e8d5 e169c58d bc57ac4c 9b00dbd8'],
    ['ffffffff ffffffff ffffffff ffffffff', 'ffffffff ffffffff', '408f276d 41c83b0e a20bc7c6 6d5451fd'],
    ['243f6a88 85a308d3 13198a2e 03707344', 'a4093822 299f31d0', 'd16cfe09 94fdcceb 5001e420 24126ea1'],
  ])('counter %s, key %s', (counter, key, expected) => {
    const [c0 = 0, c1 = 0, c2 = 0, c3 = 0] = words(counter);
    const [k0 = 0, k1 = 0] = words(key);
    const out = new Int32Array(4);
    philox(c0, c1, c2, c3, k0, k1, out);
    expect(out).toEqual(words(expected));
  });
});

const words = (hex: string): Int32Array => Int32Array.from(hex.split(' '), (word) => Number.parseInt(word, 16));
