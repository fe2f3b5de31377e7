import { ACTIVATIONS, type ActivationName } from './activations.ts';
import type { TfContext, TfLayer } from './defineLayer.ts';
import type { Regularizer } from './regularizers.ts';

/**
 * Builds a layer with its activation inside where TensorFlow.js has that activation, else (or when the builder wants the
 * pre-activation, or when the output is penalised, which TensorFlow.js accepts and then ignores) with a linear layer followed by
 * the activation as a layer of its own, named `<name>.activation`.
 */
export function withActivation(
  name: ActivationName,
  context: TfContext,
  build: (activation: 'linear' | NonNullable<(typeof ACTIVATIONS)[ActivationName]['tfjs']>) => TfLayer,
  activityRegularizer: Regularizer | null = null,
): readonly TfLayer[] {
  const inside = ACTIVATIONS[name].tfjs;
  const penalised = activityRegularizer !== null && context.mode === 'train';
  const split = context.splitActivation && name !== 'linear';
  if (!penalised && !split && inside !== null) return [build(inside)];
  const own = `${context.name}.activation`;
  if (context.mode === 'export') {
    if (inside !== null) return [build('linear'), context.layers.activation({ name: own, activation: inside })];
    // Keras's leaky_relu function has slope 0.2, its LeakyReLU layer 0.3.
    if (name === 'leakyRelu') return [build('linear'), context.layers.leakyReLU({ name: own, alpha: 0.2 })];
  }
  return [
    build('linear'),
    context.custom('LoomActivation', {
      name: own,
      activation: name,
      activityRegularizer: penalised ? activityRegularizer : null,
    }),
  ];
}
