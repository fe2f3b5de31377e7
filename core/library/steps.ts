import type { JsonObject } from '../json.ts';
import type { LayerStep } from './sketch.ts';

/** Batch norm that follows the parameters of `batchNormParameters`. */
export const batchNorm = (name: string): LayerStep => [
  'BatchNorm',
  { momentum: '=momentum', epsilon: '=epsilon' },
  name,
];

/** A convolution that batch norm follows: He's initialisation, `same` padding. */
export function conv(name: string, filters: string, kernel: number | string, more: JsonObject = {}): LayerStep {
  const params = {
    filters,
    kernelSize: [kernel, kernel],
    padding: 'same',
    useBias: '=useBias',
    kernelInitializer: { name: 'heNormal' },
    ...more,
  };
  return ['Conv2D', params, name];
}

/** The strides of a convolution that follows the block's parameter. */
export const strided = { strides: ['=stride', '=stride'] };
