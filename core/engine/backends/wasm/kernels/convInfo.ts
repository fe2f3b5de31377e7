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

/** A part of the inputs that see the same taps of the kernel: every so-manieth line and column from here. */
export interface InputClass {
  readonly y: number;
  readonly x: number;
  readonly grid: readonly [height: number, width: number];
  readonly taps: readonly Offset[];
}

/**
 * The inputs of a convolution as its gradient sees them. With strides, inputs that lie alike between the kernel's positions see the same
 * taps: for each such class, the gradient is a convolution of dy with stride 1 over these taps alone.
 */
export function inputClasses(info: ConvInfo): InputClass[] {
  const { strideHeight, strideWidth, inHeight, inWidth } = info;
  const offsets = tapOffsets(info);
  const classes: InputClass[] = [];
  for (let y = 0; y < Math.min(strideHeight, inHeight); y++)
    for (let x = 0; x < Math.min(strideWidth, inWidth); x++)
      classes.push({
        y,
        x,
        grid: [Math.ceil((inHeight - y) / strideHeight), Math.ceil((inWidth - x) / strideWidth)],
        taps: offsets
          .filter((tap) => (y - tap.y) % strideHeight === 0 && (x - tap.x) % strideWidth === 0)
          .map((tap) => ({ y: (y - tap.y) / strideHeight, x: (x - tap.x) / strideWidth, weights: tap.weights })),
      });
  return classes;
}
