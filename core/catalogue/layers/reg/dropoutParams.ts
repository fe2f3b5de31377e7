import { dropoutSeedParam } from '../../commonParams.ts';
import { float } from '../../params.ts';

export const dropoutParams = {
  rate: float({ label: 'Rate', help: 'Part that is set to zero at each training step.', default: 0.5, min: 0, max: 1 }),
  seed: dropoutSeedParam,
};
