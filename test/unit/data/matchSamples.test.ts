import fc from 'fast-check';
import { expect, it } from 'vitest';
import { matchSamples } from '../../../core/data/matchSamples.ts';

const counts = (before: string, now: string) => {
  const { added, removed, changed } = matchSamples([...before], [...now]);
  return { added, removed, changed };
};

it('counts what was added, removed and changed', () => {
  expect(counts('abc', 'abc')).toEqual({ added: 0, removed: 0, changed: 0 });
  expect(counts('abc', 'xabcyz')).toEqual({ added: 3, removed: 0, changed: 0 });
  expect(counts('abcd', 'bd')).toEqual({ added: 0, removed: 2, changed: 0 });
  expect(counts('abcd', 'aXcY')).toEqual({ added: 0, removed: 0, changed: 2 });
  expect(counts('abcd', 'XYcd')).toEqual({ added: 0, removed: 0, changed: 2 });
  expect(counts('abc', 'cab')).toEqual({ added: 0, removed: 0, changed: 0 });
});

it('takes equal samples in their order, and one more of them for a new one', () => {
  expect(Array.from(matchSamples([...'aab'], [...'abaa']).found)).toEqual([0, 2, 1]);
  expect(counts('aab', 'abaa')).toEqual({ added: 1, removed: 0, changed: 0 });
});

it('gives each sample one place, that of its own key, and leaves none uncounted', () => {
  const keys = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 30 });
  fc.assert(
    fc.property(keys, keys, (before, now) => {
      const { found, added, removed, changed } = matchSamples(before, now);
      const places = [...found].filter((place) => place >= 0);
      expect(new Set(places).size).toBe(places.length);
      for (const [i, place] of found.entries()) if (place >= 0) expect(now[place]).toBe(before[i]);
      // As many of a key are found as there are on both sides.
      for (const key of 'abcd') {
        const known = [...found].filter((place, i) => place >= 0 && before[i] === key).length;
        const both = [before, now].map((list) => list.filter((one) => one === key).length);
        expect(known).toBe(Math.min(...both));
      }
      expect(places.length + removed + changed).toBe(before.length);
      expect(places.length + added + changed).toBe(now.length);
    }),
    { numRuns: 300 },
  );
});
