import { registerBatchNorm } from './batchNorm.ts';
import { registerDropoutMask } from './dropoutMask.ts';
import { registerGather } from './gather.ts';
import { registerInPlace } from './inPlaceWeights.ts';
import { registerLayerNorm } from './layerNorm.ts';
import { registerLstm } from './lstm.ts';
import { registerReluGrad } from './reluGrad.ts';
import { registerReshape } from './reshape.ts';
import { registerSoftmaxCrossEntropy } from './softmaxCrossEntropy.ts';

/** Everything that makes training on TensorFlow fast. Call after the stock kernels are registered. */
export function registerTensorflowKernels(): void {
  registerInPlace();
  registerBatchNorm();
  registerLayerNorm();
  registerGather();
  registerReluGrad();
  registerLstm();
  registerSoftmaxCrossEntropy();
  registerDropoutMask();
  registerReshape();
}
