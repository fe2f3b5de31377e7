/** A format designs and trained runs are exported in: what the list on screen, the command line and the checks of a path go by. */
interface ExportFormatEntry {
  /** As the command line and messages call it. */
  readonly id: string;
  readonly title: string;
  /** What is written. */
  readonly file: string;
  /** What it is good for. */
  readonly about: string;
  /** Of the one file, without its dot; null where a folder of files is written. */
  readonly extension: string | null;
  /** Whether the one file is text that people read. */
  readonly text: boolean;
}

/** Every export format, in the order of the list. A new one is a writer, an entry here and a line in `core/engine/export`. */
export const EXPORT_FORMATS = [
  {
    id: 'tfjs',
    title: 'TensorFlow.js',
    file: 'model.json and weights',
    about: 'For web pages and Node: loaded by tf.loadLayersModel with plain TensorFlow.js.',
    extension: null,
    text: false,
  },
  {
    id: 'keras',
    title: 'Keras model',
    file: 'one .keras file',
    about: 'Network and weights for Python: loaded by keras.saving.load_model, to use or to train on.',
    extension: 'keras',
    text: false,
  },
  {
    id: 'keras-code',
    title: 'Keras source code',
    file: 'one .py file',
    about: 'A script to read and change: builds the same network, trains and evaluates it with the same settings.',
    extension: 'py',
    text: true,
  },
  {
    id: 'npz',
    title: 'NumPy archive',
    file: 'one .npz file',
    about: 'The weights alone, for any program: numpy.load gives an array for each, named layer/weight.',
    extension: 'npz',
    text: false,
  },
] as const satisfies readonly ExportFormatEntry[];

export type ExportFormat = (typeof EXPORT_FORMATS)[number]['id'];
export type ExportFormatInfo = ExportFormatEntry & { readonly id: ExportFormat };

/** The export format of this id. */
export function exportFormat(id: ExportFormat): ExportFormatInfo {
  const found = EXPORT_FORMATS.find((format) => format.id === id);
  if (found === undefined) throw new Error(`No export format ${id}`);
  return found;
}
