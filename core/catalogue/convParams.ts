import type { Inference } from './defineLayer.ts';
import { boolean, choice, constraint, initializer, int, ints, intsOrNull, regularizer } from './params.ts';
import { AXIS_NAMES, type SpatialRank } from './spatial.ts';

const all = (rank: SpatialRank, value: number): readonly number[] => Array.from({ length: rank }, () => value);

export const paddingParam = choice<'valid' | 'same'>({
  label: 'Padding',
  help: 'Valid: none, maps shrink. Same: zeros around, so that stride 1 keeps the size.',
  default: 'valid',
  options: [
    { value: 'valid', label: 'valid', help: 'No padding.' },
    { value: 'same', label: 'same', help: 'Zeros around; the odd one goes after.' },
  ],
});

export const causalPaddingParam = choice<'valid' | 'same' | 'causal'>({
  label: 'Padding',
  help: 'Valid: none, the sequence gets shorter. Same: zeros around. Causal: zeros before, so that no output sees the future.',
  default: 'valid',
  options: [
    { value: 'valid', label: 'valid', help: 'No padding.' },
    { value: 'same', label: 'same', help: 'Zeros around; the odd one goes after.' },
    { value: 'causal', label: 'causal', help: 'All zeros before the first position.' },
  ],
});

export const filtersParam = int({
  label: 'Filters',
  help: 'Number of output channels.',
  default: 32,
  min: 1,
  max: 100_000,
});

export const groupsParam = int({
  label: 'Groups',
  help: 'Splits the channels into groups that do not see each other; filters and input channels must divide by it.',
  default: 1,
  min: 1,
  section: 'advanced',
});

/** Kernel size, strides and dilation of a convolution over `rank` axes. Keras has no default kernel size; 3 is usual. */
export const slidingParams = (rank: SpatialRank) => ({
  kernelSize: ints({
    label: 'Kernel size',
    help: 'Positions the kernel covers.',
    default: all(rank, 3),
    boxes: AXIS_NAMES[rank],
    min: 1,
  }),
  strides: ints({
    label: 'Strides',
    help: 'Step between two outputs; 2 halves the map.',
    default: all(rank, 1),
    boxes: AXIS_NAMES[rank],
    min: 1,
  }),
});

export const dilationParam = (rank: SpatialRank) =>
  ints({
    label: 'Dilation',
    help: 'Distance between the taps of the kernel; above 1 it sees further with as many weights. Not together with strides.',
    default: all(rank, 1),
    boxes: AXIS_NAMES[rank],
    min: 1,
    section: 'advanced',
  });

export const poolParams = (rank: SpatialRank) => ({
  poolSize: ints({
    label: 'Pool size',
    help: 'Positions that become one.',
    default: all(rank, 2),
    boxes: AXIS_NAMES[rank],
    min: 1,
  }),
  strides: intsOrNull({
    label: 'Strides',
    help: 'Step between two windows.',
    default: null,
    boxes: AXIS_NAMES[rank],
    min: 1,
    nullLabel: 'same as pool size',
  }),
  padding: choice<'valid' | 'same'>({
    label: 'Padding',
    help: 'Valid: a rest that fills no window is dropped. Same: it gets a window of its own; padding is never counted.',
    default: 'valid',
    options: [
      { value: 'valid', label: 'valid' },
      { value: 'same', label: 'same' },
    ],
  }),
});

export const keepdimsParam = boolean({
  label: 'Keep axes',
  help: 'Leaves the pooled axes in place with size 1, as squeeze-and-excitation blocks want it.',
  default: false,
  section: 'advanced',
});

/** The three parameters of the depthwise kernel, `depthwise…`, or the pointwise one. */
export const depthwiseParams = {
  depthwiseInitializer: initializer({
    label: 'Initialiser',
    help: 'Where the depthwise kernel starts.',
    default: { name: 'glorotUniform' },
  }),
  depthwiseRegularizer: regularizer({
    label: 'Weight penalty',
    help: 'Penalty on the depthwise kernel, added to the loss.',
    default: null,
    section: 'advanced',
  }),
  depthwiseConstraint: constraint({
    label: 'Weight constraint',
    help: 'Projection of the depthwise kernel after each update.',
    default: null,
    section: 'advanced',
  }),
};

export const depthMultiplierParam = int({
  label: 'Depth multiplier',
  help: 'Depthwise outputs for each input channel.',
  default: 1,
  min: 1,
  max: 1024,
});

/** Keras and TensorFlow refuse strides and dilation together. Null when there is no clash. */
export function stridesClash(
  title: string,
  strides: readonly number[],
  dilation: readonly number[],
): (Inference & { ok: false }) | null {
  if (strides.every((s) => s === 1) || dilation.every((d) => d === 1)) return null;
  const ones = strides.map(() => 1);
  return {
    ok: false,
    failure: {
      code: 'strides-with-dilation',
      title: 'Strides and dilation',
      message: `${title} cannot have strides ${strides.join('×')} and dilation ${dilation.join('×')} at once: one of them must be 1.`,
      param: 'dilationRate',
      facts: { strides: [...strides], dilationRate: [...dilation] },
      suggestions: [
        { kind: 'setParam', param: 'dilationRate', value: ones, label: 'Set dilation to 1' },
        { kind: 'setParam', param: 'strides', value: ones, label: 'Set strides to 1' },
      ],
    },
  };
}

/** TensorFlow's depthwise kernels know one stride for both axes. Null when they agree. */
export function unequalStrides(title: string, strides: readonly number[]): (Inference & { ok: false }) | null {
  const [height = 1, width = 1] = strides;
  if (height === width) return null;
  return {
    ok: false,
    failure: {
      code: 'unequal-strides',
      title: 'Strides',
      message: `${title} needs the same stride along height and width, but has ${height} and ${width}: TensorFlow has no such depthwise convolution.`,
      param: 'strides',
      facts: { strides: [...strides] },
      suggestions: [height, width].map((s) => ({
        kind: 'setParam',
        param: 'strides',
        value: [s, s],
        label: `Set strides to ${s}×${s}`,
      })),
    },
  };
}

/** `3×3`, or `3` for one axis: sizes as the second line of a node shows them. */
export const sizes = (values: readonly number[]) => values.join('×');
