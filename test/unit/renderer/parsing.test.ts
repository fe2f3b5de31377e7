import { describe, expect, it } from 'vitest';
import { parseShape } from '../../../renderer/actions/params/parseShape.ts';
import { parseNumber } from '../../../renderer/ui/parseNumber.ts';

describe('numbers people type', () => {
  const rate = { label: 'Rate', integer: false, min: 0, max: 1, exclusiveMax: true };

  it('are read in plain, exponent and comma notation', () => {
    expect(parseNumber(' 0.5 ', rate)).toEqual({ ok: true, value: 0.5 });
    expect(parseNumber('1e-3', rate)).toEqual({ ok: true, value: 0.001 });
    expect(parseNumber('0,25', rate)).toEqual({ ok: true, value: 0.25 });
  });

  it('are refused with a sentence', () => {
    expect(parseNumber('many', rate)).toEqual({ ok: false, error: '“many” is not a number.' });
    expect(parseNumber('1', rate)).toEqual({ ok: false, error: 'Rate must be less than 1.' });
    expect(parseNumber('-1', rate)).toEqual({ ok: false, error: 'Rate must be at least 0.' });
    expect(parseNumber('', rate)).toEqual({ ok: false, error: 'Rate needs a number.' });
    expect(parseNumber('0x10', rate).ok).toBe(false);
    expect(parseNumber('Infinity', rate).ok).toBe(false);
  });

  it('must be whole where the parameter is', () => {
    const units = { label: 'Units', integer: true, min: 1 };
    expect(parseNumber('12', units)).toEqual({ ok: true, value: 12 });
    expect(parseNumber('1.5', units)).toEqual({ ok: false, error: 'Units must be a whole number, not 1.5.' });
    expect(parseNumber('1,5', units).ok).toBe(false);
  });

  it('may be absent where the parameter may', () => {
    expect(parseNumber('', { label: 'Limit', integer: false, nullable: true })).toEqual({ ok: true, value: null });
  });
});

describe('shapes people type', () => {
  const rule = { label: 'Shape', min: 1, maxRank: 4 };

  it.each(['8, 8, 1', '8 8 1', '8×8×1', '8x8x1', '[8, 8, 1]', '(8,8,1)'])('%s is 8×8×1', (text) => {
    expect(parseShape(text, rule)).toEqual({ ok: true, value: [8, 8, 1] });
  });

  it.each(['', 'a, b', '8, 0', '8.5, 2', '1, 2, 3, 4, 5'])('%s is refused', (text) => {
    expect(parseShape(text, rule).ok).toBe(false);
  });
});
