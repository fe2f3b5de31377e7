import { SOFTMAX_CROSS_ENTROPY_KERNEL } from '../../../train/step/softmaxCrossEntropy.ts';
import { attributes, execute, registerNativeKernel } from './native.ts';

export function registerSoftmaxCrossEntropy(): void {
  registerNativeKernel(SOFTMAX_CROSS_ENTROPY_KERNEL, ({ logits, target }, _, native) => {
    if (!logits || !target) throw new Error(`${SOFTMAX_CROSS_ENTROPY_KERNEL} needs logits and target`);
    const attrs = [attributes.float(native.binding)];
    return execute(native, 'SoftmaxCrossEntropyWithLogits', attrs, [logits, target], 2);
  });
}
