export { multiplyMany } from './multiplyMany';
export { packPanels, padChannels } from './pack';
export { convolve, correlate, productTransposed } from './product';
