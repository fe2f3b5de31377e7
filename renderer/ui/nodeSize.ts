import { findLayer } from '../../core/catalogue/index.ts';
import { CARD } from '../../core/graph/index.ts';

/** Sizes of nodes on the canvas, in canvas pixels: known without measuring, so that layout, thumbnails and wires need no DOM. */
export interface NodeSize {
  readonly width: number;
  readonly height: number;
}

const PILL_HEIGHT = 32;
// Glyph, gaps and edges of a pill, and the mean width of a letter in its title.
const PILL_FRAME = 48;
const LETTER = 7.4;

export function nodeSize(type: string): NodeSize {
  const layer = findLayer(type);
  if (layer?.look !== 'pill') return CARD;
  return { width: Math.ceil((PILL_FRAME + LETTER * layer.title.length) / 4) * 4, height: PILL_HEIGHT };
}
