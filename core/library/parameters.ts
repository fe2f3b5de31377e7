import type { BlockParameter } from './defineBlock.ts';

/** Parameters that many blocks share, so that labels, help and bounds are the same everywhere. */
export const filters = (usual: number, help = 'Channels that come out.'): BlockParameter => ({
  kind: 'integer',
  default: usual,
  label: 'Filters',
  help,
  min: 1,
  max: 100_000,
});

export const stride = (usual: number): BlockParameter => ({
  kind: 'integer',
  default: usual,
  label: 'Stride',
  help: 'Steps from one position to the next: 2 halves height and width.',
  min: 1,
  max: 64,
});

export const kernelSize = (usual: number): BlockParameter => ({
  kind: 'integer',
  default: usual,
  label: 'Kernel size',
  help: 'Height and width of the kernel.',
  min: 1,
  max: 64,
});

export const useBias: BlockParameter = {
  kind: 'flag',
  default: false,
  label: 'Bias',
  help: 'Whether convolutions add an offset. Batch norm right behind has one of its own.',
};

/** Of the batch norms inside. */
export const batchNormParameters = {
  momentum: {
    kind: 'number',
    default: 0.99,
    label: 'Momentum',
    help: 'Weight of the past in the moving averages of batch norm. Lower it when training takes few steps.',
    min: 0,
    max: 1,
  },
  epsilon: {
    kind: 'number',
    default: 0.001,
    label: 'Epsilon',
    help: 'Added to the variances of batch norm, so that nothing is divided by zero.',
    min: 0,
    max: 1,
  },
} satisfies { readonly [name: string]: BlockParameter };
