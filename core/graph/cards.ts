/** Size of a node's card on the canvas, and the usual distance from one to the next, in canvas pixels. */
export const CARD = { width: 140, height: 72 } as const;
/** From the place of one card to the next, in pixels. */
export const PITCH = { x: 170, y: 120 } as const;
