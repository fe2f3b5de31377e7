import type { ExportFormat } from '../../../core/engine/index.ts';

/** The rooms whose settings an export of a format holds: the program trains, a model only computes. */
const CODE_ROOMS = ['design', 'data', 'train'] as const;
const MODEL_ROOMS = ['design'] as const;

export const roomsOf = (format: ExportFormat): readonly ('design' | 'data' | 'train')[] =>
  format === 'keras-code' ? CODE_ROOMS : MODEL_ROOMS;

export interface FormatCard {
  readonly format: ExportFormat;
  readonly title: string;
  /** What is written. */
  readonly file: string;
  /** What it is good for. */
  readonly about: string;
  /** Extension of the one file, or null where a folder of files is written. */
  readonly extension: string | null;
}

export const FORMATS: readonly FormatCard[] = [
  {
    format: 'tfjs',
    title: 'TensorFlow.js',
    file: 'model.json and weights',
    about: 'For web pages and Node: loaded by tf.loadLayersModel with plain TensorFlow.js.',
    extension: null,
  },
  {
    format: 'keras',
    title: 'Keras model',
    file: 'one .keras file',
    about: 'Network and weights for Python: loaded by keras.saving.load_model, to use or to train on.',
    extension: 'keras',
  },
  {
    format: 'keras-code',
    title: 'Keras source code',
    file: 'one .py file',
    about: 'A script to read and change: builds the same network, trains and evaluates it with the same settings.',
    extension: 'py',
  },
];

/** A file or folder name from a name people gave: what file systems refuse becomes a dash. */
export function safeFileName(name: string): string {
  const safe = name
    .replace(/[\\/:*?"<>|\p{Cc}]+/gu, '-')
    .replace(/\s+/g, '-')
    .replace(/^[.-]+|[.-]+$/g, '');
  return safe === '' ? 'model' : safe;
}

/** Inside a folder somebody chose, the export gets a folder of its own: its files must not mix with what is there. */
export function folderInside(directory: string, name: string): string {
  const separator = directory.includes('\\') && !directory.includes('/') ? '\\' : '/';
  return `${directory.replace(/[\\/]+$/, '')}${separator}${safeFileName(name)}-tfjs`;
}
