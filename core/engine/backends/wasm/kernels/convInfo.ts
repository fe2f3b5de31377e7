import { backend_util } from '@tensorflow/tfjs-core';

export type ConvInfo = backend_util.Conv2DInfo;
export type Shape4 = [number, number, number, number];

export interface ConvAttrs {
  readonly strides: [number, number] | number;
  readonly pad: 'valid' | 'same' | number | backend_util.ExplicitPadding;
  readonly dataFormat?: 'NHWC' | 'NCHW';
  readonly dilations?: [number, number] | number;
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

/** Sizes and paddings of a convolution, as TensorFlow.js reckons them. */
export function convInfo(
  x: readonly number[],
  filter: readonly number[],
  attrs: ConvAttrs,
  depthwise = false,
): ConvInfo {
  const { strides, dilations, pad, dimRoundingMode } = attrs;
  const shapes = [x as Shape4, filter as Shape4] as const;
  return backend_util.computeConv2DInfo(...shapes, strides, dilations ?? 1, pad, dimRoundingMode, depthwise);
}

export interface Offset {
  readonly y: number;
  readonly x: number;
  /** Its number in the kernel, line by line. */
  readonly weights: number;
}

/** For each tap of the kernel, how far its input lies from the output's place times the stride. */
export function tapOffsets(info: ConvInfo): Offset[] {
  const { filterHeight, filterWidth, dilationHeight, dilationWidth, padInfo } = info;
  return Array.from({ length: filterHeight * filterWidth }, (_, weights) => ({
    y: Math.floor(weights / filterWidth) * dilationHeight - padInfo.top,
    x: (weights % filterWidth) * dilationWidth - padInfo.left,
    weights,
  }));
}
