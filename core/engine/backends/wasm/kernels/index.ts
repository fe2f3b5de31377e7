import type { Simd } from '../simd.ts';
import { registerAdamStep } from './adamStep.ts';
import { registerBatchMatMul } from './batchMatMul.ts';
import { registerBatchNorm } from './batchNorm.ts';
import { registerConv } from './conv.ts';
import { registerDepthwise } from './depthwise.ts';
import { registerGather } from './gather.ts';
import { registerIdentity } from './identity.ts';
import { registerLayerNorm } from './layerNorm.ts';
import { registerLstm } from './lstm.ts';
import { registerPoolGrad } from './poolGrad.ts';
import { registerPrelu } from './prelu.ts';
import { registerReluGrad } from './reluGrad.ts';
import { registerResizeGrad } from './resizeGrad.ts';
import { registerSliceAndTile } from './sliceAndTile.ts';
import { registerSoftmaxCrossEntropy } from './softmaxCrossEntropy.ts';
import { registerSum } from './sum.ts';
import { registerUnsortedSegmentSum } from './unsortedSegmentSum.ts';

/**
 * The wasm kernel pack: gradients the stock backend lacks, and faster versions of kernels that are plain loops in it. Call once,
 * after the backend package is loaded and before it starts.
 */
export function registerWasmKernels(simd: Simd): void {
  registerBatchNorm(simd);
  registerLayerNorm(simd);
  registerReluGrad(simd);
  registerGather();
  registerIdentity();
  registerLstm(simd);
  registerSoftmaxCrossEntropy(simd);
  registerSum(simd);
  registerAdamStep(simd);
  registerBatchMatMul(simd);
  registerConv(simd);
  registerDepthwise(simd);
  registerPoolGrad(simd);
  registerPrelu();
  registerResizeGrad();
  registerSliceAndTile();
  registerUnsortedSegmentSum();
}
