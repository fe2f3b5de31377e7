import type { Shape } from '../../../tensor/index.ts';
import type { KerasArg, WeightSpec } from '../../defineLayer.ts';
import { boolean, constraint, float, initializer, type ParamValues, regularizer } from '../../params.ts';

/** Scale and offset of a normalisation layer. */
export const affineParams = {
  epsilon: float({
    label: 'Epsilon',
    help: 'Added to the variance, so that nothing is divided by zero.',
    default: 0.001,
    min: 0,
    section: 'advanced',
  }),
  center: boolean({ label: 'Offset', help: 'Adds a learned offset (beta).', default: true, section: 'advanced' }),
  scale: boolean({
    label: 'Scale',
    help: 'Multiplies by a learned factor (gamma).',
    default: true,
    section: 'advanced',
  }),
  betaInitializer: initializer({
    label: 'Offset initialiser',
    help: 'Where beta starts.',
    default: { name: 'zeros' },
    section: 'advanced',
    needs: [{ param: 'center', is: [true] }],
  }),
  gammaInitializer: initializer({
    label: 'Scale initialiser',
    help: 'Where gamma starts. Zeros in the last norm of a residual branch make the block start as the identity.',
    default: { name: 'ones' },
    section: 'advanced',
    needs: [{ param: 'scale', is: [true] }],
  }),
  betaRegularizer: regularizer({
    label: 'Offset penalty',
    help: 'Penalty on beta, added to the loss.',
    default: null,
    section: 'advanced',
    needs: [{ param: 'center', is: [true] }],
  }),
  gammaRegularizer: regularizer({
    label: 'Scale penalty',
    help: 'Penalty on gamma, added to the loss.',
    default: null,
    section: 'advanced',
    needs: [{ param: 'scale', is: [true] }],
  }),
  betaConstraint: constraint({
    label: 'Offset constraint',
    help: 'Projection of beta after each update.',
    default: null,
    section: 'advanced',
    needs: [{ param: 'center', is: [true] }],
  }),
  gammaConstraint: constraint({
    label: 'Scale constraint',
    help: 'Projection of gamma after each update.',
    default: null,
    section: 'advanced',
    needs: [{ param: 'scale', is: [true] }],
  }),
};

type AffineValues = ParamValues<typeof affineParams>;

export function affineWeights(p: AffineValues, shape: Shape): readonly WeightSpec[] {
  const gamma = { initializer: p.gammaInitializer, regularizer: p.gammaRegularizer, constraint: p.gammaConstraint };
  const beta = { initializer: p.betaInitializer, regularizer: p.betaRegularizer, constraint: p.betaConstraint };
  return [
    ...(p.scale ? [{ name: 'gamma', shape, trainable: true, decays: false, made: gamma }] : []),
    ...(p.center ? [{ name: 'beta', shape, trainable: true, decays: false, made: beta }] : []),
  ];
}

/** @param rank of gamma and beta */
export function affineKerasArgs(p: AffineValues, rank: number): { readonly [name: string]: KerasArg } {
  return {
    epsilon: p.epsilon,
    center: p.center,
    scale: p.scale,
    beta_initializer: { $initializer: p.betaInitializer },
    gamma_initializer: { $initializer: p.gammaInitializer },
    beta_regularizer: { $regularizer: p.betaRegularizer },
    gamma_regularizer: { $regularizer: p.gammaRegularizer },
    beta_constraint: { $constraint: p.betaConstraint, rank },
    gamma_constraint: { $constraint: p.gammaConstraint, rank },
  };
}
