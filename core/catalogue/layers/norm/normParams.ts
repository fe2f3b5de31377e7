import { boolean, constraint, float, initializer, regularizer } from '../../params.ts';

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
