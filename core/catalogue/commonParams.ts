import { ACTIVATION_OPTIONS, type ActivationName } from './activations.ts';
import type { Port } from './defineLayer.ts';
import type { InitializerName } from './initializers.ts';
import { INITIALIZERS } from './initializers.ts';
import { boolean, choice, constraint, initializer, intOrNull, type Need, regularizer } from './params.ts';

/** Parameters that many weight layers share, so that labels, help and defaults are the same everywhere. */
export const activationParam = choice<ActivationName>({
  label: 'Activation',
  help: 'Applied to the output of this layer. Use an activation layer instead to put something between, such as batch norm.',
  default: 'linear',
  options: ACTIVATION_OPTIONS,
});

/** For layers with dropout inside. */
export const dropoutSeedParam = intOrNull({
  label: 'Seed',
  help: 'Fixes the dropout masks of this layer. Without one they follow from the seed of the run.',
  default: null,
  min: 0,
  max: 2 ** 31 - 1,
  nullLabel: 'from the run',
  section: 'advanced',
  needs: [
    { param: 'rate', not: [0] },
    { param: 'dropout', not: [0] },
    { param: 'recurrentDropout', not: [0] },
  ],
});

export const kernelParams = (initial: InitializerName) => ({
  kernelInitializer: initializer({
    label: 'Initialiser',
    help: 'Where the kernel weights start.',
    default: INITIALIZERS[initial].default,
  }),
  kernelRegularizer: regularizer({
    label: 'Weight penalty',
    help: 'Penalty on the kernel weights, added to the loss.',
    default: null,
    section: 'advanced',
  }),
  kernelConstraint: constraint({
    label: 'Weight constraint',
    help: 'Projection of the kernel weights after each update.',
    default: null,
    section: 'advanced',
  }),
  activityRegularizer: regularizer({
    label: 'Output penalty',
    help: 'Penalty on what this layer puts out, added to the loss and divided by the batch size.',
    default: null,
    section: 'advanced',
  }),
});

const BIAS_ON: readonly Need[] = [{ param: 'useBias', is: [true] }];

export const biasParams = {
  useBias: boolean({
    label: 'Bias',
    help: 'Adds a learned offset to each output. Not needed right before batch norm.',
    default: true,
  }),
  biasInitializer: initializer({
    label: 'Bias initialiser',
    help: 'Where the biases start.',
    default: { name: 'zeros' },
    section: 'advanced',
    needs: BIAS_ON,
  }),
  biasRegularizer: regularizer({
    label: 'Bias penalty',
    help: 'Penalty on the biases, added to the loss.',
    default: null,
    section: 'advanced',
    needs: BIAS_ON,
  }),
  biasConstraint: constraint({
    label: 'Bias constraint',
    help: 'Projection of the biases after each update.',
    default: null,
    section: 'advanced',
    needs: BIAS_ON,
  }),
};

/** A single wire in, a single wire out: the ports of most layers. */
export const oneIn = (ranks?: readonly number[]) =>
  [{ name: 'in', label: 'Input', arity: 'one', ...(ranks && { ranks }) }] as const satisfies readonly Port[];
export const oneOut = [{ name: 'out', label: 'Output', arity: 'one' }] as const satisfies readonly Port[];
export const manyIn = [{ name: 'in', label: 'Inputs', arity: 'many' }] as const satisfies readonly Port[];
