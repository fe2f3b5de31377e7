import { registerActivationGrad } from './activationGrad.ts';
import { registerBatchNorm } from './batchNorm.ts';
import { registerBias } from './bias.ts';
import { registerBroadcast } from './broadcast.ts';
import { registerCast } from './cast.ts';
import { registerDropoutMask } from './dropoutMask.ts';
import { registerGather } from './gather.ts';
import { registerLayerNorm } from './layerNorm.ts';
import { registerLstm } from './lstm.ts';
import { registerMatMul } from './matMul.ts';
import { registerMaxPoolGrad } from './maxPoolGrad.ts';
import { registerReshape } from './reshape.ts';
import { registerResizeGrad } from './resizeGrad.ts';
import { registerSoftmaxCrossEntropy } from './softmaxCrossEntropy.ts';

/** Everything that makes training on TensorFlow fast. Call after the stock kernels are registered. */
export function registerTensorflowKernels(): void {
  registerBatchNorm();
  registerLayerNorm();
  registerGather();
  registerActivationGrad();
  registerBias();
  registerBroadcast();
  registerCast();
  registerLstm();
  registerSoftmaxCrossEntropy();
  registerDropoutMask();
  registerMatMul();
  registerMaxPoolGrad();
  registerReshape();
  registerResizeGrad();
}
