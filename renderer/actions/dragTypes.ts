/** Drag data of a palette entry: the layer type. Lower case, as browsers make it so. */
export const LAYER_MIME = 'application/x-layerloom-layer';
