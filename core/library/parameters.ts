import type { ActivationName } from '../catalogue/index.ts';
import type { BlockParameter } from './defineBlock.ts';

/** Parameters that many blocks share, so that labels, help and bounds are the same everywhere. */
export const count = (label: string, usual: number, help: string): BlockParameter => ({
  kind: 'integer',
  default: usual,
  label,
  help,
  min: 1,
  max: 100_000,
});

export const filters = (usual: number, help = 'Channels that come out.') => count('Filters', usual, help);

export const stride = (usual: number): BlockParameter => ({
  kind: 'integer',
  default: usual,
  label: 'Stride',
  help: 'Steps from one position to the next: 2 halves height and width.',
  min: 1,
  max: 64,
});

export const kernelSize = (usual: number, help = 'Height and width of the kernel.'): BlockParameter => ({
  kind: 'integer',
  default: usual,
  label: 'Kernel size',
  help,
  min: 1,
  max: 64,
});

export const activation = (usual: ActivationName, help: string, label = 'Activation'): BlockParameter => ({
  kind: 'activation',
  default: usual,
  label,
  help,
});

export const fraction = (label: string, usual: number, help: string): BlockParameter => ({
  kind: 'number',
  default: usual,
  label,
  help,
  min: 0,
  max: 1,
});

export const epsilon = (usual: number): BlockParameter =>
  fraction('Epsilon', usual, 'Added to the variances of the norms inside, so that nothing is divided by zero.');

/** Of blocks with convolutions and batch norm. */
export const convNormParameters = {
  useBias: {
    kind: 'flag',
    default: false,
    label: 'Bias',
    help: 'Whether convolutions add an offset. Batch norm right behind has one of its own.',
  },
  momentum: fraction(
    'Momentum',
    0.99,
    'Weight of the past in the moving averages of batch norm. Lower it when training takes few steps.',
  ),
  epsilon: epsilon(0.001),
} satisfies { readonly [name: string]: BlockParameter };

/** Hands them on to a block inside. */
export const SAME_CONV_NORM = { useBias: '=useBias', momentum: '=momentum', epsilon: '=epsilon' };
