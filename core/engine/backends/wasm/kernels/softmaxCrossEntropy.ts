import { SOFTMAX_CROSS_ENTROPY_KERNEL } from '../../../train/step/softmaxCrossEntropy.ts';
import type { Simd } from '../simd.ts';
import { addressOf, allocate, type Info, registerWasmKernel } from './heap.ts';

/** Cross-entropy of softmax with its gradient, in one pass over the logits. */
export function registerSoftmaxCrossEntropy(simd: Simd): void {
  registerWasmKernel<object, Info[]>(SOFTMAX_CROSS_ENTROPY_KERNEL, () => ({ logits, target }, _, backend) => {
    if (!logits || !target) throw new Error(`${SOFTMAX_CROSS_ENTROPY_KERNEL} needs logits and target`);
    const [rows = 0, classes = 0] = logits.shape;
    const outputs = [allocate(backend, [rows]), allocate(backend, [rows, classes])];
    const addresses = [logits, target, ...outputs].map((info) => addressOf(backend, info));
    simd.run('softmaxCrossEntropy', rows, Math.ceil(8192 / Math.max(1, classes)), classes, ...addresses);
    return outputs;
  });
}
