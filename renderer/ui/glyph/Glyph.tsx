import type { Family, Glyph as GlyphName } from '../../../core/catalogue/index.ts';
import './glyph.css';
import { ownHue } from '../ownHue.ts';
import { GLYPHS } from './shapes.tsx';

export interface GlyphProps {
  /** `unknown` for a layer type this version does not know. */
  readonly glyph: GlyphName | 'block' | 'unknown';
  /** Null for a layer type this version does not know. */
  readonly family: Family | 'block' | null;
  /** A colour of its own, in degrees, in place of its family's. */
  readonly hue?: number | null;
  readonly size?: 's' | 'm' | 'l';
}

/** A layer's sign on its family's tint. Decorative: the name stands beside it. */
export function Glyph({ glyph, family, hue = null, size = 'm' }: GlyphProps) {
  return (
    <span className={`glyph glyph-${size} f-${family ?? 'io'}`} style={ownHue(hue)} aria-hidden>
      <svg viewBox="0 0 16 16" role="presentation">
        {GLYPHS[glyph]}
      </svg>
    </span>
  );
}
