import { expect, it } from 'vitest';
import { listLayers } from '../../../core/catalogue/index.ts';
import { GLYPHS } from '../../../renderer/ui/glyph/shapes.tsx';

it.each(listLayers().map(({ type, glyph }) => [type, glyph]))('%s has the drawing it names', (_type, glyph) => {
  expect(Object.keys(GLYPHS)).toContain(glyph);
  expect(glyph).not.toBe('unknown');
});

it('no drawing is there for nothing', () => {
  const named = new Set(listLayers().map(({ glyph }) => glyph));
  expect(Object.keys(GLYPHS).filter((name) => !named.has(name))).toEqual(['unknown']);
});
