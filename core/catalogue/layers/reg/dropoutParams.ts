import { float, intOrNull } from '../../params.ts';

export const dropoutParams = {
  rate: float({ label: 'Rate', help: 'Part that is set to zero at each training step.', default: 0.5, min: 0, max: 1 }),
  seed: intOrNull({
    label: 'Seed',
    help: 'Fixes the masks of this layer. Without one they follow from the seed of the run.',
    default: null,
    min: 0,
    max: 2 ** 31 - 1,
    nullLabel: 'from the run',
    section: 'advanced',
  }),
};
