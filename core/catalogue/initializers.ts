/**
 * Weight initialisers: names, parameters and their Keras equivalents. The engine makes the numbers (`engine/model`), seeded
 * from the run's seed and the weight's name, so that the same design with the same seed starts from the same weights.
 */
export type Initializer =
  | {
      readonly name:
        | 'zeros'
        | 'ones'
        | 'glorotUniform'
        | 'glorotNormal'
        | 'heUniform'
        | 'heNormal'
        | 'lecunUniform'
        | 'lecunNormal';
    }
  | { readonly name: 'constant'; readonly value: number }
  | { readonly name: 'randomNormal' | 'truncatedNormal'; readonly mean: number; readonly stddev: number }
  | { readonly name: 'randomUniform'; readonly min: number; readonly max: number }
  | { readonly name: 'orthogonal'; readonly gain: number };

export type InitializerName = Initializer['name'];

/** Every initialiser with its defaults (those of Keras), in the order the inspector lists them. */
export const INITIALIZERS: {
  readonly [N in InitializerName]: {
    readonly label: string;
    readonly help: string;
    readonly default: Initializer & { readonly name: N };
    readonly keras: string;
  };
} = {
  glorotUniform: {
    label: 'Glorot uniform',
    help: 'Uniform in ±sqrt(6 / (fan in + fan out)). For tanh, sigmoid, softmax (Glorot & Bengio 2010).',
    default: { name: 'glorotUniform' },
    keras: 'GlorotUniform',
  },
  glorotNormal: {
    label: 'Glorot normal',
    help: 'Truncated normal with variance 2 / (fan in + fan out).',
    default: { name: 'glorotNormal' },
    keras: 'GlorotNormal',
  },
  heUniform: {
    label: 'He uniform',
    help: 'Uniform in ±sqrt(6 / fan in). For ReLU and its relatives (He et al. 2015).',
    default: { name: 'heUniform' },
    keras: 'HeUniform',
  },
  heNormal: {
    label: 'He normal',
    help: 'Truncated normal with variance 2 / fan in. For ReLU and its relatives.',
    default: { name: 'heNormal' },
    keras: 'HeNormal',
  },
  lecunUniform: {
    label: 'LeCun uniform',
    help: 'Uniform in ±sqrt(3 / fan in). For SELU.',
    default: { name: 'lecunUniform' },
    keras: 'LecunUniform',
  },
  lecunNormal: {
    label: 'LeCun normal',
    help: 'Truncated normal with variance 1 / fan in. For SELU.',
    default: { name: 'lecunNormal' },
    keras: 'LecunNormal',
  },
  orthogonal: {
    label: 'Orthogonal',
    help: 'A random orthogonal matrix; keeps the length of what passes through. For recurrent weights.',
    default: { name: 'orthogonal', gain: 1 },
    keras: 'Orthogonal',
  },
  zeros: {
    label: 'Zeros',
    help: 'All zero. Right for biases; kernels that start at zero keep all units alike.',
    default: { name: 'zeros' },
    keras: 'Zeros',
  },
  ones: { label: 'Ones', help: 'All one. Right for normalisation scales.', default: { name: 'ones' }, keras: 'Ones' },
  constant: {
    label: 'Constant',
    help: 'All the same value.',
    default: { name: 'constant', value: 0 },
    keras: 'Constant',
  },
  randomNormal: {
    label: 'Random normal',
    help: 'Normal with the given mean and standard deviation.',
    default: { name: 'randomNormal', mean: 0, stddev: 0.05 },
    keras: 'RandomNormal',
  },
  truncatedNormal: {
    label: 'Truncated normal',
    help: 'Normal, drawn again beyond two standard deviations.',
    default: { name: 'truncatedNormal', mean: 0, stddev: 0.05 },
    keras: 'TruncatedNormal',
  },
  randomUniform: {
    label: 'Random uniform',
    help: 'Uniform between two bounds.',
    default: { name: 'randomUniform', min: -0.05, max: 0.05 },
    keras: 'RandomUniform',
  },
};

/** Whether a value is an initialiser by its name; its numbers are for the schema to judge. */
export function isInitializer(value: unknown): value is Initializer {
  return (
    typeof value === 'object' &&
    value !== null &&
    'name' in value &&
    typeof value.name === 'string' &&
    Object.hasOwn(INITIALIZERS, value.name)
  );
}
