import { registerKinkGradients } from './kinks.ts';
import { registerPieceGradients } from './pieces.ts';
import { registerReductionGradients } from './reduction.ts';
import { registerReluGradient } from './relu.ts';
import { registerSigmoidGradients } from './sigmoid.ts';

/** Replaces gradients of TensorFlow.js: with ones that use a kernel of ours where the current backend has it, and where they are wrong. */
export function registerGradients(): void {
  registerReluGradient();
  registerSigmoidGradients();
  registerReductionGradients();
  registerPieceGradients();
  registerKinkGradients();
}
