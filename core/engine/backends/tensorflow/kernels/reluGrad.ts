import { RELU_GRAD_KERNEL } from '../../gradients/relu.ts';
import { attributes, execute, registerNativeKernel } from './native.ts';

export function registerReluGrad(): void {
  registerNativeKernel(RELU_GRAD_KERNEL, ({ dy, y }, _, native) => {
    if (!dy || !y) throw new Error(`${RELU_GRAD_KERNEL} needs dy and y`);
    const [dx] = execute(native, 'ReluGrad', [attributes.float(native.binding)], [dy, y]);
    if (!dx) throw new Error('ReluGrad returned nothing');
    return dx;
  });
}
