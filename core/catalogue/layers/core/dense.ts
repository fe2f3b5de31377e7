import { sizeOf } from '../../../tensor/index.ts';
import { ACTIVATIONS } from '../../activations.ts';
import { activationParam, biasParams, kernelParams, oneIn, oneOut } from '../../commonParams.ts';
import { defineLayer } from '../../defineLayer.ts';
import { int } from '../../params.ts';
import { withActivation } from '../../withActivation.ts';

/** y = activation(x·W + b) over the last axis; leading axes are kept, as in Keras. */
export const dense = defineLayer({
  type: 'Dense',
  version: 1,
  family: 'dense',
  glyph: 'dense',
  title: 'Dense',
  keywords: ['fully connected', 'linear', 'perceptron'],
  doc: 'Every output is a weighted sum of every input plus a bias. Flatten images first: on an input with several axes it acts on the last one alone, at every position.',
  source: { label: 'Keras: Dense', url: 'https://keras.io/api/layers/core_layers/dense/' },
  params: {
    units: int({ label: 'Units', help: 'Number of outputs.', default: 32, min: 1, max: 1_000_000 }),
    activation: activationParam,
    ...kernelParams('glorotUniform'),
    ...biasParams,
  },
  inputs: oneIn(),
  outputs: oneOut,
  traits: {
    linear: 'learned',
    width: { param: 'units' },
    rank: 'kept',
    window: 'position',
    endsIn: (p) => p.activation,
    rescales: (p) => p.activation === 'linear' && p.useBias && p.kernelConstraint === null && p.biasConstraint === null,
  },
  summary: (p) =>
    [String(p.units), p.activation === 'linear' ? null : ACTIVATIONS[p.activation].label].filter(Boolean).join(' · '),
  infer: (p, [input = []]) => {
    if (input.length === 0)
      return {
        ok: false,
        failure: {
          code: 'rank-mismatch',
          title: 'Input rank',
          message:
            'Dense needs at least one axis to sum over, but it gets a single number. Reshape it to a vector of one.',
          suggestions: [
            {
              kind: 'insertBefore',
              input: 0,
              type: 'Reshape',
              params: { targetShape: [1] },
              label: 'Reshape to a vector',
            },
          ],
        },
      };
    return { ok: true, shape: [...input.slice(0, -1), p.units] };
  },
  weights: (p, [input = []]) => [
    { name: 'kernel', shape: [input.at(-1) ?? 0, p.units], trainable: true, decays: true },
    ...(p.useBias ? [{ name: 'bias', shape: [p.units], trainable: true, decays: false }] : []),
  ],
  cost: (_, [input = []], output) => ({ macs: sizeOf(output) * (input.at(-1) ?? 0) }),
  tf: (p, c) =>
    withActivation(
      p.activation,
      c,
      (activation) => {
        const options = {
          name: c.name,
          units: p.units,
          activation,
          useBias: p.useBias,
          kernelInitializer: c.initializer(p.kernelInitializer, 'kernel'),
          biasInitializer: c.initializer(p.biasInitializer, 'bias'),
          kernelRegularizer: c.regularizer(p.kernelRegularizer),
          biasRegularizer: c.regularizer(p.biasRegularizer),
          kernelConstraint: c.constraint(p.kernelConstraint),
          biasConstraint: c.constraint(p.biasConstraint),
        };
        if (c.mode === 'export') return c.layers.dense(options);
        return c.custom('LoomDense', { ...options, activation: activation === 'linear' ? 'linear' : p.activation });
      },
      p.activityRegularizer,
    ),
  keras: (p) => ({
    className: 'Dense',
    always: ['units'],
    args: {
      units: p.units,
      activation: ACTIVATIONS[p.activation].keras,
      use_bias: p.useBias,
      kernel_initializer: { $initializer: p.kernelInitializer },
      bias_initializer: { $initializer: p.biasInitializer },
      kernel_regularizer: { $regularizer: p.kernelRegularizer },
      bias_regularizer: { $regularizer: p.biasRegularizer },
      activity_regularizer: { $regularizer: p.activityRegularizer },
      kernel_constraint: { $constraint: p.kernelConstraint, rank: 2 },
      bias_constraint: { $constraint: p.biasConstraint, rank: 1 },
    },
  }),
});
