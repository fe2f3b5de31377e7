import type { Simd } from '../simd.ts';
import { registerAdamStep } from './adamStep.ts';
import { registerBatchMatMul } from './batchMatMul.ts';
import { registerBatchNorm } from './batchNorm.ts';
import { registerConv } from './conv.ts';
import { registerDepthwiseBackprop } from './depthwiseBackprop.ts';
import { registerGather } from './gather.ts';
import { registerLayerNorm } from './layerNorm.ts';
import { registerPoolGrad } from './poolGrad.ts';
import { registerReluGrad } from './reluGrad.ts';
import { registerResizeGrad } from './resizeGrad.ts';
import { registerSliceAndTile } from './sliceAndTile.ts';
import { registerUnsortedSegmentSum } from './unsortedSegmentSum.ts';

/**
 * The wasm kernel pack: gradients the stock backend lacks, and faster versions of kernels that are plain loops in it. Call once,
 * after the backend package is loaded and before it starts.
 */
export function registerWasmKernels(simd: Simd): void {
  registerBatchNorm();
  registerLayerNorm();
  registerReluGrad();
  registerGather();
  registerAdamStep();
  registerBatchMatMul(simd);
  registerConv(simd);
  registerDepthwiseBackprop();
  registerPoolGrad();
  registerResizeGrad();
  registerSliceAndTile();
  registerUnsortedSegmentSum();
}
