import type { KerasArg } from '../../catalogue/index.ts';

/**
 * What Keras 3 itself assumes, so that generated code need not say it. Checked against the installed Keras by
 * `test/parity/export.test.ts`. Arguments of the same name have the same default in nearly every class; the exceptions follow.
 */
const COMMON: { readonly [argument: string]: KerasArg } = {
  activation: 'linear',
  use_bias: true,
  kernel_initializer: { $initializer: { name: 'glorotUniform' } },
  depthwise_initializer: { $initializer: { name: 'glorotUniform' } },
  pointwise_initializer: { $initializer: { name: 'glorotUniform' } },
  recurrent_initializer: { $initializer: { name: 'orthogonal', gain: 1 } },
  bias_initializer: { $initializer: { name: 'zeros' } },
  beta_initializer: { $initializer: { name: 'zeros' } },
  gamma_initializer: { $initializer: { name: 'ones' } },
  moving_mean_initializer: { $initializer: { name: 'zeros' } },
  moving_variance_initializer: { $initializer: { name: 'ones' } },
  alpha_initializer: { $initializer: { name: 'zeros' } },
  embeddings_initializer: { $initializer: { name: 'randomUniform', min: -0.05, max: 0.05 } },
  strides: [1, 1],
  padding: 'valid',
  data_format: null,
  dilation_rate: [1, 1],
  groups: 1,
  depth_multiplier: 1,
  keepdims: false,
  axis: -1,
  momentum: 0.99,
  epsilon: 0.001,
  center: true,
  scale: true,
  noise_shape: null,
  seed: null,
  max_value: null,
  negative_slope: 0,
  threshold: 0,
  alpha: 1,
  shared_axes: null,
  interpolation: 'nearest',
  mask_zero: false,
  recurrent_activation: 'sigmoid',
  unit_forget_bias: true,
  reset_after: true,
  dropout: 0,
  value_dim: null,
  output_shape: null,
  recurrent_dropout: 0,
  return_sequences: false,
  return_state: false,
  go_backwards: false,
  stateful: false,
  unroll: false,
  zero_output_for_mask: false,
  rms_scaling: false,
  synchronized: false,
};

const POOL = { pool_size: [2, 2], strides: null } as const;
const RECURRENT = { activation: 'tanh' } as const;

const BY_CLASS: { readonly [className: string]: { readonly [argument: string]: KerasArg } } = {
  MaxPooling1D: POOL,
  MaxPooling2D: POOL,
  AveragePooling1D: { strides: null },
  AveragePooling2D: { strides: null },
  ZeroPadding2D: { padding: [1, 1] },
  UpSampling2D: { size: [2, 2] },
  LeakyReLU: { negative_slope: 0.3 },
  SimpleRNN: RECURRENT,
  LSTM: RECURRENT,
  GRU: RECURRENT,
};

/** The value Keras takes for an argument that is not given, or undefined where it must be given. */
export function kerasDefault(className: string, argument: string): KerasArg | undefined {
  const own = BY_CLASS[className];
  if (own && argument in own) return own[argument];
  if (/_(regularizer|constraint)$/.test(argument)) return null;
  return COMMON[argument];
}

/** Whether two argument values mean the same to Keras: `3` and `(3, 3)` do. */
export function sameArgument(a: KerasArg | undefined, b: KerasArg | undefined): boolean {
  return a !== undefined && b !== undefined && JSON.stringify(plain(a)) === JSON.stringify(plain(b));
}

/** With pairs of equal numbers as one number, keys in order, and an absent penalty or constraint as null. */
function plain(value: KerasArg): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) {
    const [first] = value;
    return value.length > 0 && typeof first === 'number' && value.every((n) => n === first) ? first : value;
  }
  if ('$regularizer' in value && value.$regularizer === null) return null;
  if ('$constraint' in value && value.$constraint === null) return null;
  const entries = Object.entries(value as { readonly [key: string]: KerasArg });
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, entry]) => [key, plain(entry)]));
}
