import { type FileFormat, firstInZip } from '../format.ts';

/** What Keras puts into its archive, in no certain order. */
const MEMBERS = new Set(['metadata.json', 'config.json', 'model.weights.h5']);

/** `.keras` of Keras 3. */
export const KERAS_FORMAT = {
  id: 'keras',
  title: 'Keras model',
  extensions: ['keras'],
  detect: (head) => MEMBERS.has(firstInZip(head) ?? ''),
  capabilities: {
    export: {
      file: 'one .keras file',
      about: 'Network and weights for Python: loaded by keras.saving.load_model, to use or to train on.',
      text: false,
      holds: 'model',
    },
  },
} as const satisfies FileFormat;
