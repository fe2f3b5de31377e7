/** Activations a layer can apply to its own output, and their names in TensorFlow.js and Keras 3. */
export const ACTIVATIONS = {
  linear: { label: 'none', tfjs: 'linear', keras: 'linear' },
  relu: { label: 'ReLU', tfjs: 'relu', keras: 'relu' },
  relu6: { label: 'ReLU6', tfjs: 'relu6', keras: 'relu6' },
  leakyRelu: { label: 'leaky ReLU', tfjs: null, keras: 'leaky_relu' },
  elu: { label: 'ELU', tfjs: 'elu', keras: 'elu' },
  selu: { label: 'SELU', tfjs: 'selu', keras: 'selu' },
  gelu: { label: 'GELU', tfjs: 'gelu', keras: 'gelu' },
  swish: { label: 'swish', tfjs: 'swish', keras: 'silu' },
  mish: { label: 'mish', tfjs: 'mish', keras: 'mish' },
  sigmoid: { label: 'sigmoid', tfjs: 'sigmoid', keras: 'sigmoid' },
  hardSigmoid: { label: 'hard sigmoid', tfjs: null, keras: 'hard_sigmoid' },
  tanh: { label: 'tanh', tfjs: 'tanh', keras: 'tanh' },
  softmax: { label: 'softmax', tfjs: 'softmax', keras: 'softmax' },
  softplus: { label: 'softplus', tfjs: 'softplus', keras: 'softplus' },
  softsign: { label: 'softsign', tfjs: 'softsign', keras: 'softsign' },
} as const satisfies {
  readonly [name: string]: { readonly label: string; readonly tfjs: string | null; readonly keras: string };
};

export type ActivationName = keyof typeof ACTIVATIONS;

/** Every activation as an option of a form. */
export const ACTIVATION_OPTIONS = (Object.keys(ACTIVATIONS) as ActivationName[]).map((value) => ({
  value,
  label: ACTIVATIONS[value].label,
}));
