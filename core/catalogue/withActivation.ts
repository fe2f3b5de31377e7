import { ACTIVATIONS, type ActivationName } from './activations.ts';
import type { TfContext, TfLayer } from './defineLayer.ts';

/**
 * Builds a layer with its activation inside where TensorFlow.js has that activation, else (or when the builder wants the
 * pre-activation) with a linear layer followed by the activation as a layer of its own.
 */
export function withActivation(
  name: ActivationName,
  context: TfContext,
  build: (activation: 'linear' | NonNullable<(typeof ACTIVATIONS)[ActivationName]['tfjs']>) => TfLayer,
): readonly TfLayer[] {
  const inside = ACTIVATIONS[name].tfjs;
  if (name === 'linear' || (inside !== null && !context.splitActivation)) return [build(inside ?? 'linear')];
  return [build('linear'), context.custom('LoomActivation', { activation: name })];
}
