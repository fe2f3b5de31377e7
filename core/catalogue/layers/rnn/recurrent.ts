import type { Shape } from '../../../tensor/index.ts';
import { ACTIVATION_OPTIONS, ACTIVATIONS, type ActivationName } from '../../activations.ts';
import { biasParams, dropoutSeedParam, kernelParams } from '../../commonParams.ts';
import type { Cost, Inference, KerasArg, KerasCall, TfContext, TfLayer, WeightSpec } from '../../defineLayer.ts';
import { boolean, choice, constraint, float, initializer, int, type ParamValues, regularizer } from '../../params.ts';
import { wrongRank } from '../../spatial.ts';
import type { Traits } from '../../traits.ts';

const kernels = kernelParams('glorotUniform');

/**
 * Parameters of all recurrent layers. Left out of every one: return_state (nodes have one output), stateful (batches are shuffled),
 * unroll and use_cudnn (they change how it is computed, not what), data types.
 */
export const recurrentParams = {
  units: int({ label: 'Units', help: 'Size of the state and of the output.', default: 32, min: 1, max: 100_000 }),
  returnSequences: boolean({
    label: 'Whole sequence',
    help: 'Puts out the state at every step instead of the last one; for another recurrent layer after this one.',
    default: false,
  }),
  goBackwards: boolean({
    label: 'Backwards',
    help: 'Reads the sequence from its end; a whole sequence then comes out reversed.',
    default: false,
    section: 'advanced',
  }),
  activation: choice<ActivationName>({
    label: 'Activation',
    help: 'Applied to the new content of the state.',
    default: 'tanh',
    options: ACTIVATION_OPTIONS,
  }),
  dropout: float({
    label: 'Dropout',
    help: 'Part of the input features dropped at training, the same at every step.',
    default: 0,
    min: 0,
    max: 1,
    exclusiveMax: true,
  }),
  recurrentDropout: float({
    label: 'Recurrent dropout',
    help: 'Part of the state dropped at training, the same at every step (Gal & Ghahramani 2016).',
    default: 0,
    min: 0,
    max: 1,
    exclusiveMax: true,
  }),
  seed: dropoutSeedParam,
  kernelInitializer: kernels.kernelInitializer,
  recurrentInitializer: initializer({
    label: 'Recurrent initialiser',
    help: 'Where the weights from state to state start.',
    default: { name: 'orthogonal', gain: 1 },
    section: 'advanced',
  }),
  kernelRegularizer: kernels.kernelRegularizer,
  recurrentRegularizer: regularizer({
    label: 'Recurrent penalty',
    help: 'Penalty on the weights from state to state, added to the loss.',
    default: null,
    section: 'advanced',
  }),
  activityRegularizer: kernels.activityRegularizer,
  kernelConstraint: kernels.kernelConstraint,
  recurrentConstraint: constraint({
    label: 'Recurrent constraint',
    help: 'Projection of the weights from state to state after each update.',
    default: null,
    section: 'advanced',
  }),
  ...biasParams,
};

export const recurrentActivationParam = choice<ActivationName>({
  label: 'Gate activation',
  help: 'Applied to the gates, which say how much passes.',
  default: 'sigmoid',
  options: ACTIVATION_OPTIONS,
  section: 'advanced',
});

export const recurrentTraits: Traits<unknown> = {
  width: { param: 'units' },
  dropsAxes: {
    does: 'gives its last state alone instead of one for each step',
    keep: { param: 'returnSequences', value: true, label: 'return sequences' },
  },
};

export type RecurrentValues = ParamValues<typeof recurrentParams>;

export function inferRecurrent(title: string, p: RecurrentValues, input: Shape): Inference {
  const failed = wrongRank(title, input, 1);
  if (failed !== null) return failed;
  const [time = 0] = input;
  return p.returnSequences
    ? { ok: true, shape: [time, p.units], arithmetic: [`${time} steps, each a state of ${p.units}`] }
    : { ok: true, shape: [p.units], arithmetic: [`the state after ${time} steps`] };
}

export function recurrentWeights(
  p: RecurrentValues,
  input: Shape,
  gates: number,
  biasShape: Shape = [gates * p.units],
): readonly WeightSpec[] {
  const width = gates * p.units;
  return [
    { name: 'kernel', shape: [input[1] ?? 0, width], trainable: true, decays: true },
    { name: 'recurrent_kernel', shape: [p.units, width], trainable: true, decays: true },
    ...(p.useBias ? [{ name: 'bias', shape: biasShape, trainable: true, decays: false }] : []),
  ];
}

/** The two products at every step and `extra` elementwise multiplies a unit. */
export function recurrentCost(p: RecurrentValues, input: Shape, gates: number, extra: number): Cost {
  const [time = 0, features = 0] = input;
  return { macs: time * (gates * p.units * (features + p.units) + extra * p.units) };
}

export function recurrentSummary(p: RecurrentValues): string {
  return [String(p.units), p.returnSequences ? 'sequence' : null].filter(Boolean).join(' · ');
}

/** Options by the names that stock layers and our own share. */
export function recurrentOptions(p: RecurrentValues, c: TfContext) {
  return {
    name: c.name,
    units: p.units,
    useBias: p.useBias,
    dropout: p.dropout,
    recurrentDropout: p.recurrentDropout,
    returnSequences: p.returnSequences,
    goBackwards: p.goBackwards,
    kernelInitializer: c.initializer(p.kernelInitializer, 'kernel'),
    recurrentInitializer: c.initializer(p.recurrentInitializer, 'recurrent_kernel'),
    biasInitializer: c.initializer(p.biasInitializer, 'bias'),
    kernelRegularizer: c.regularizer(p.kernelRegularizer),
    recurrentRegularizer: c.regularizer(p.recurrentRegularizer),
    biasRegularizer: c.regularizer(p.biasRegularizer),
    kernelConstraint: c.constraint(p.kernelConstraint),
    recurrentConstraint: c.constraint(p.recurrentConstraint),
    biasConstraint: c.constraint(p.biasConstraint),
  };
}

/** Adds the penalty on the output, which TensorFlow.js's recurrent layers take and ignore. */
export function withPenalty(layer: TfLayer, p: RecurrentValues, c: TfContext): readonly TfLayer[] {
  if (p.activityRegularizer === null || c.mode === 'export') return [layer];
  const { activityRegularizer } = p;
  const name = `${c.name}.activation`;
  return [layer, c.custom('LoomActivation', { name, activation: 'linear', activityRegularizer })];
}

/** Keras's recurrent layers run a cell, and the weights are the cell's. */
export const IN_CELL: KerasCall['holders'] = { kernel: 'cell', recurrent_kernel: 'cell', bias: 'cell' };

export function recurrentKerasArgs(p: RecurrentValues, biasRank = 1): { readonly [name: string]: KerasArg } {
  return {
    units: p.units,
    activation: ACTIVATIONS[p.activation].keras,
    use_bias: p.useBias,
    kernel_initializer: { $initializer: p.kernelInitializer },
    recurrent_initializer: { $initializer: p.recurrentInitializer },
    bias_initializer: { $initializer: p.biasInitializer },
    kernel_regularizer: { $regularizer: p.kernelRegularizer },
    recurrent_regularizer: { $regularizer: p.recurrentRegularizer },
    bias_regularizer: { $regularizer: p.biasRegularizer },
    activity_regularizer: { $regularizer: p.activityRegularizer },
    kernel_constraint: { $constraint: p.kernelConstraint, rank: 2 },
    recurrent_constraint: { $constraint: p.recurrentConstraint, rank: 2 },
    bias_constraint: { $constraint: p.biasConstraint, rank: biasRank },
    dropout: p.dropout,
    recurrent_dropout: p.recurrentDropout,
    seed: p.seed,
    return_sequences: p.returnSequences,
    go_backwards: p.goBackwards,
  };
}
