/** Drag data of a palette entry: the key of what it adds. Lower case, as browsers make it so. */
export const LAYER_MIME = 'application/x-layerloom-layer';
