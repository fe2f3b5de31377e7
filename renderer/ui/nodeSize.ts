/** Sizes of node cards on the canvas, in canvas pixels: fixed, so that layout and thumbnails need no measuring. */
export const CARD = { width: 144, height: 72 } as const;
export const PILL = { width: 118, height: 34 } as const;

export function nodeSize(look: 'card' | 'pill' | undefined): { readonly width: number; readonly height: number } {
  return look === 'pill' ? PILL : CARD;
}
