import { expect, it } from 'vitest';
import { listLayers } from '../../../core/catalogue/index.ts';
import { GLYPHS } from '../../../renderer/ui/glyph/shapes.tsx';

it('no drawing is there for nothing', () => {
  const named = new Set<string>(listLayers().map(({ glyph }) => glyph));
  expect(Object.keys(GLYPHS).filter((name) => !named.has(name))).toEqual(['block', 'unknown']);
});
