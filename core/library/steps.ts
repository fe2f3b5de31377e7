import type { JsonObject } from '../json.ts';
import type { LayerStep } from './sketch.ts';

/** Batch norm that follows the block's `convNormParameters`. */
export const batchNorm = (name: string): LayerStep => [
  'BatchNorm',
  { momentum: '=momentum', epsilon: '=epsilon' },
  name,
];

/** A number, or the formula that gives one. */
type Size = number | string;

/** A convolution that follows the block's `convNormParameters`: He's initialisation, `same` padding. */
export function conv(name: string, filters: Size, kernel: Size, more: JsonObject = {}): LayerStep {
  const kernelSize = [kernel, kernel];
  return ['Conv2D', { filters, kernelSize, useBias: '=useBias', ...SAME_HE, ...more }, name];
}

/** A convolution with a bias and an activation of its own. */
export function activeConv(name: string, filters: Size, kernel: Size): LayerStep {
  return ['Conv2D', { filters, kernelSize: [kernel, kernel], activation: '=activation', ...SAME_HE }, name];
}

const SAME_HE = { padding: 'same', kernelInitializer: { name: 'heNormal' } };

export const relu = (name: string): LayerStep => ['ReLU', {}, name];

export const activate = (name: string, parameter = 'activation'): LayerStep => [
  'Activation',
  { activation: `=${parameter}` },
  name,
];

export const dropout = (name: string): LayerStep => ['Dropout', { rate: '=dropout' }, name];

/** The strides of a convolution that follows the block's parameter. */
export const strided = { strides: ['=stride', '=stride'] };
