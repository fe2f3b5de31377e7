import { RELU_GRAD_KERNEL } from '../../gradients/relu.ts';
import { SIGMOID_GRAD_KERNEL, TANH_GRAD_KERNEL } from '../../gradients/sigmoid.ts';
import { attributes, execute, type Inputs, type NativeBackend, registerNativeKernel } from './native.ts';

/** TensorFlow's own gradients of activations; the one of ReLU takes (dy, y), the others (y, dy). */
export function registerActivationGrad(): void {
  registerNativeKernel(RELU_GRAD_KERNEL, (inputs, _, native) => gradient('ReluGrad', ['dy', 'y'], inputs, native));
  registerNativeKernel(SIGMOID_GRAD_KERNEL, (inputs, _, native) =>
    gradient('SigmoidGrad', ['y', 'dy'], inputs, native),
  );
  registerNativeKernel(TANH_GRAD_KERNEL, (inputs, _, native) => gradient('TanhGrad', ['y', 'dy'], inputs, native));
}

function gradient(operation: string, order: readonly ('dy' | 'y')[], inputs: Inputs, native: NativeBackend) {
  const operands = order.flatMap((name) => inputs[name] ?? []);
  if (operands.length !== 2) throw new Error(`${operation} needs dy and y`);
  const [dx] = execute(native, operation, [attributes.float(native.binding)], operands);
  if (!dx) throw new Error(`${operation} returned nothing`);
  return dx;
}
