import type { Family } from '../../../core/catalogue/index.ts';
import './glyph.css';
import { GLYPHS } from './shapes.tsx';

export interface GlyphProps {
  readonly glyph: string;
  /** Null for a layer type this version does not know. */
  readonly family: Family | null;
  readonly size?: 's' | 'm' | 'l';
}

/** A layer's sign on its family's tint. Decorative: the name stands beside it. */
export function Glyph({ glyph, family, size = 'm' }: GlyphProps) {
  const drawing = GLYPHS[glyph] ?? GLYPHS.unknown;
  return (
    <span className={`glyph glyph-${size} f-${family ?? 'io'}`} aria-hidden>
      <svg viewBox="0 0 16 16" role="presentation">
        {drawing}
      </svg>
    </span>
  );
}
