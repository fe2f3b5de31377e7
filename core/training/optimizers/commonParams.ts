import { float } from '../../params/index.ts';

export const weightDecay = (usual: number) =>
  float({
    label: 'Weight decay',
    help: 'Pulls kernels towards zero, apart from the gradient (Loshchilov & Hutter 2019). Biases and normalisation are left alone.',
    default: usual,
    min: 0,
  });

/** How much of the past an average keeps. */
export const averageRate = (label: string, of: string, usual: number) =>
  float({
    label,
    help: `How much of the past the average of ${of} keeps.`,
    default: usual,
    min: 0,
    max: 1,
    exclusiveMax: true,
  });

export const epsilon = float({
  label: 'Epsilon',
  help: 'Keeps the division by the gradient’s size finite.',
  default: 1e-7,
  min: 0,
  exclusiveMin: true,
});
