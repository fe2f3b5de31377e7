import { type FileFormat, headText } from '../format.ts';

/** The program that core/codegen writes. */
export const KERAS_CODE_FORMAT = {
  id: 'keras-code',
  title: 'Keras source code',
  extensions: ['py'],
  detect: (head) => /^"""[^"]*Made with Layerloom\./.test(headText(head)),
  capabilities: {
    export: {
      file: 'one .py file',
      about: 'A script to read and change: builds the same network, trains and evaluates it with the same settings.',
      text: true,
      holds: 'program',
    },
  },
} as const satisfies FileFormat;
