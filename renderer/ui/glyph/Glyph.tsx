import type { Family, Glyph as GlyphName } from '../../../core/catalogue/index.ts';
import './glyph.css';
import { GLYPHS } from './shapes.tsx';

export interface GlyphProps {
  /** `unknown` for a layer type this version does not know. */
  readonly glyph: GlyphName | 'unknown';
  /** Null for a layer type this version does not know. */
  readonly family: Family | null;
  readonly size?: 's' | 'm' | 'l';
}

/** A layer's sign on its family's tint. Decorative: the name stands beside it. */
export function Glyph({ glyph, family, size = 'm' }: GlyphProps) {
  return (
    <span className={`glyph glyph-${size} f-${family ?? 'io'}`} aria-hidden>
      <svg viewBox="0 0 16 16" role="presentation">
        {GLYPHS[glyph]}
      </svg>
    </span>
  );
}
