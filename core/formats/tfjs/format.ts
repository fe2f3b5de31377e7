import { type FileFormat, headText } from '../format.ts';

/** A folder: `model.json` and files of weights. */
export const TFJS_FORMAT = {
  id: 'tfjs',
  title: 'TensorFlow.js',
  extensions: [],
  detect: (head) => /^\{\s*"(modelTopology|weightsManifest|format"\s*:\s*"(layers|graph)-model)"/.test(headText(head)),
  capabilities: {
    export: {
      file: 'model.json and weights',
      about: 'For web pages and Node: loaded by tf.loadLayersModel with plain TensorFlow.js.',
      text: false,
      holds: 'model',
    },
  },
} as const satisfies FileFormat;
