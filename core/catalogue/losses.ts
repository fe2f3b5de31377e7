/** Losses an Output head can use. Formulas in `core/engine/train/losses`; names are those of Keras. */
export const LOSSES = {
  categoricalCrossentropy: {
    label: 'cross-entropy',
    keras: 'CategoricalCrossentropy',
    for: 'classes',
    help: 'One class of several. Wants softmax before it and one output for each class.',
  },
  binaryCrossentropy: {
    label: 'binary cross-entropy',
    keras: 'BinaryCrossentropy',
    for: 'binary',
    help: 'Yes or no, for each output by itself. Wants sigmoid before it.',
  },
  meanSquaredError: {
    label: 'mean squared error',
    keras: 'MeanSquaredError',
    for: 'numbers',
    help: 'Average squared distance. For regression.',
  },
  meanAbsoluteError: {
    label: 'mean absolute error',
    keras: 'MeanAbsoluteError',
    for: 'numbers',
    help: 'Average distance. Regression with outliers.',
  },
  huber: { label: 'Huber', keras: 'Huber', for: 'numbers', help: 'Squared near zero, absolute beyond 1.' },
} as const;

export type LossName = keyof typeof LOSSES;

export const LOSS_OPTIONS = (Object.keys(LOSSES) as LossName[]).map((value) => ({
  value,
  label: LOSSES[value].label,
  help: LOSSES[value].help,
}));
