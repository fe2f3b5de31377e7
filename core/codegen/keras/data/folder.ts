import type { DataSettings, FolderLayout } from '../../../document/index.ts';
import type { Network } from '../../../graph/index.ts';
import { list, tuple } from '../../python/expression.ts';
import { statement } from '../../python/format.ts';
import { string } from '../../python/literals.ts';
import { splitLine } from './builtin.ts';
import { type DataCode, lines } from './dataCode.ts';
import { partsConstant, saidCode } from './tableParts.ts';

const PARTS = { train: 0, validation: 1, test: 2 } as const;

/**
 * Lists, decodes and resizes pictures as `core/data/folder` does, in batches from disk. A network of several inputs or outputs gets them
 * all in one array.
 */
export function folderCode(
  settings: DataSettings,
  network: Network,
  folder: FolderLayout,
  partsFile: string | null,
): DataCode {
  const batched = network.inputs.length === 1 && network.outputs.length === 1;
  const { classes, parts, endings, leftOut, form } = folder;
  const common = {
    imports: ['import tensorflow as tf'],
    packages: [],
    batched,
    input: () => 'features',
    target: () => 'targets',
    classes: () => classes.length,
  };
  const constants = [
    ...statement('FOLDER = ', string(folder.path)),
    '# Folders of the classes, in the order of their numbers.',
    ...statement('CLASSES = ', list(classes.map(string))),
  ];
  const stacked = batched ? [] : ['    features = np.stack([read_picture(file) for file in features])'];
  const reading = [decodeCode(), readCode(form), ...(batched ? [batchesCode()] : [])];
  if (partsFile !== null)
    return {
      ...common,
      standardImports: ['import base64', 'import csv', 'import hashlib', 'import os', 'from pathlib import Path'],
      constants: [...constants, ...partsConstant(partsFile)],
      functions: [digestCode(), knownPicturesCode(), ...reading],
      load: ['    features, targets, (train, validation, test) = list_pictures()', ...stacked],
      dealt: true,
    };
  return {
    ...common,
    standardImports: ['import os'],
    constants: [
      ...constants,
      ...(parts.length > 0
        ? ['# Where they lie, and the part that each folder holds.', ...placesConstant(folder)]
        : []),
      ...statement('ENDINGS = ', tuple(endings.map(string))),
      ...(leftOut.length > 0
        ? [
            '# Files that are damaged, or of formats that TensorFlow does not read.',
            ...statement('LEFT_OUT = ', list(leftOut.map(string))),
          ]
        : []),
    ],
    functions: [listCode(folder), ...reading],
    load: [
      ...(parts.length > 0
        ? [
            '    features, targets, parts = list_pictures()',
            '    rest = np.flatnonzero(parts == 0)',
            splitLine(settings.split, 'targets[rest]', 'rest'),
            '    train, validation, test = rest[train], rest[validation], rest[test]',
            '    validation = np.append(np.flatnonzero(parts == 1), validation)',
            '    test = np.append(np.flatnonzero(parts == 2), test)',
          ]
        : ['    features, targets = list_pictures()', splitLine(settings.split)]),
      ...stacked,
    ],
  };
}

function digestCode(): string[] {
  return lines(`def digest(path):
    """What a picture is known by: its content."""
    if not os.path.isfile(path):
        return None
    return base64.b64encode(hashlib.sha256(Path(path).read_bytes()).digest())[:16].decode()`);
}

function knownPicturesCode(): string[] {
  return lines(`def list_pictures():
    """The pictures that the run had, their classes, and the indices of its parts."""
    files, labels, gone = [], [], 0
    parts = {"train": [], "validation": [], "test": []}
    with open(PARTS_FILE, encoding="utf-8", newline="") as file:
        for entry in csv.DictReader(file):
            path = os.path.join(FOLDER, *entry["picture"].split("/"))
            if digest(path) == entry["digest"]:
                parts[entry["part"]].append(len(files))
                files.append(path)
                labels.append(CLASSES.index(entry["class"]))
            else:
                gone += 1
${saidCode('picture', 'folder')}
    return np.array(files), np.array(labels), list(parts.values())`);
}

function placesConstant({ parts }: FolderLayout): string[] {
  const entries = parts.map(({ folder, part }) => `${JSON.stringify(folder)}: ${PARTS[part]}`);
  return [`PARTS = {${entries.join(', ')}}  # 0 training, 1 validation, 2 test`];
}

function listCode({ parts, leftOut }: FolderLayout): string[] {
  const within = parts.length > 0;
  const skip = leftOut.length > 0 ? ' and name not in LEFT_OUT' : '';
  const pad = within ? '    ' : '';
  const body = `for folder, folders, names in sorted(os.walk(${within ? 'os.path.join(FOLDER, place, name_of_class)' : 'os.path.join(FOLDER, name_of_class)'})):
    if any(part.startswith(".") for part in os.path.relpath(folder, FOLDER).split(os.sep)):
        continue
    for file in sorted(names):
        path = os.path.join(folder, file)
        name = os.path.relpath(path, FOLDER).replace(os.sep, "/")
        if file.lower().endswith(ENDINGS) and not file.startswith(".")${skip}:
            files.append(path)
            labels.append(label)${within ? '\n            parts.append(part_of_place)' : ''}`;
  const indented = lines(body).map((line) => `        ${pad}${line}`);
  return [
    'def list_pictures():',
    `    """Files class by class, and the number of the class of each${within ? ', and its part' : ''}."""`,
    `    files, labels${within ? ', parts' : ''} = [], []${within ? ', []' : ''}`,
    '    for label, name_of_class in enumerate(CLASSES):',
    ...(within ? ['        for place, part_of_place in PARTS.items():'] : []),
    ...indented,
    `    return np.array(files), np.array(labels)${within ? ', np.array(parts)' : ''}`,
  ]
    .map((line) => (skip === '' && line.includes('name = os.path.relpath') ? null : line))
    .filter((line) => line !== null);
}

/** What is inside tells the kind, as in the app; the exact transform of JPEG gives the very pixels that the app trains with. */
function decodeCode(): string[] {
  return lines(`def decode(data):
    """Red, green and blue as stored, whatever the file is called."""

    def jpeg():
        return tf.io.decode_jpeg(data, channels=3, dct_method="INTEGER_ACCURATE")

    def webp():  # With or without transparency, which is dropped.
        return tf.io.decode_image(data, channels=0, expand_animations=False)[..., :3]

    def other():
        return tf.io.decode_image(data, channels=3, expand_animations=False)

    is_webp = tf.strings.substr(data, 8, 4) == b"WEBP"
    return tf.cond(tf.io.is_jpeg(data), jpeg, lambda: tf.cond(is_webp, webp, other))`);
}

function readCode({ height, width, channels, fit }: FolderLayout['form']): string[] {
  const crop =
    fit === 'crop'
      ? `
    rows, columns = tf.shape(pixels)[0], tf.shape(pixels)[1]
    high = tf.clip_by_value(columns * ${height} // ${width}, 1, rows)
    wide = tf.clip_by_value(rows * ${width} // ${height}, 1, columns)
    top, left = (rows - high) // 2, (columns - wide) // 2
    pixels = pixels[top : top + high, left : left + wide]`
      : '';
  const grey = channels === 1 ? '\n    pixels = tf.tensordot(pixels, [0.299, 0.587, 0.114], 1)[..., tf.newaxis]' : '';
  return lines(`def read_picture(file):
    """Pixels from 0 to 1 of one picture, ${height} high and ${width} wide."""
    pixels = decode(tf.io.read_file(file))${crop}
    pixels = tf.image.resize(pixels, (${height}, ${width}))${grey}
    return tf.floor(pixels + 0.5) / 255`);
}

function batchesCode(): string[] {
  return lines(`def batches(files, targets, shuffle=False):
    """Pictures, decoded while the batches before them are trained on, with their targets."""
    data = tf.data.Dataset.from_tensor_slices((files, targets))
    if shuffle:
        data = data.shuffle(len(files), seed=SEED)
    data = data.map(
        lambda file, target: (read_picture(file), target),
        num_parallel_calls=tf.data.AUTOTUNE,
    )
    return data.batch(BATCH_SIZE).prefetch(tf.data.AUTOTUNE)`);
}
