import type { Family } from '../../../core/catalogue/index.ts';
import './glyph.css';
import { GLYPHS } from './shapes.tsx';

/** Stands for a family where a layer's own glyph is not drawn. */
const FAMILY_GLYPHS: { readonly [F in Family]: string } = {
  io: 'input',
  dense: 'dense',
  conv: 'conv',
  pool: 'pool',
  norm: 'norm',
  act: 'activation',
  reg: 'dropout',
  merge: 'add',
  rnn: 'recurrent',
  attn: 'attention',
  shape: 'reshape',
};

export interface GlyphProps {
  readonly glyph: string;
  /** Null for a layer type this version does not know. */
  readonly family: Family | null;
  readonly size?: 's' | 'm' | 'l';
}

/** A layer's sign on its family's tint. Decorative: the name stands beside it. */
export function Glyph({ glyph, family, size = 'm' }: GlyphProps) {
  const drawing = GLYPHS[glyph] ?? (family === null ? GLYPHS.unknown : GLYPHS[FAMILY_GLYPHS[family]]);
  return (
    <span className={`glyph glyph-${size} f-${family ?? 'io'}`} aria-hidden>
      <svg viewBox="0 0 16 16" role="presentation">
        {drawing}
      </svg>
    </span>
  );
}
