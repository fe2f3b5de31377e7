import { basename, join } from 'node:path';
import type { DataSettings, DataSource } from '../../document/index.ts';
import type { Problem } from '../../errors.ts';
import { classBalance, fractionsProblem, splitProblems } from '../describeSplits.ts';
import type { LoadedDataset, StreamedField } from '../loadedDataset.ts';
import { createPreprocess, type FieldData } from '../preprocess.ts';
import type { ImageScaler } from '../scaler.ts';
import type { DataDescription } from '../schema.ts';
import type { Splits } from '../splitSamples.ts';
import { type CheckOptions, checkHeaders, decodeAll } from './checkPictures.ts';
import { folderLayout } from './folderLayout.ts';
import { fixPathOf, outerFolder } from './listingProblems.ts';
import { type ListedPicture, listPictures, type PictureListing } from './listPictures.ts';
import type { PictureFacts, PictureForm } from './pictureJob.ts';
import {
  type BrokenPicture,
  brokenProblems,
  classProblems,
  emptyFolders,
  partsNote,
  pictureNotes,
} from './pictureProblems.ts';
import { pictureSample } from './pictureSample.ts';
import { PictureStream } from './pictureStream.ts';
import { recordFolder } from './recordFolder.ts';
import { effectiveFractions, splitPictures } from './splitPictures.ts';

/** Pictures of mixed sizes are brought to this unless the settings say otherwise. */
const DEFAULT_SIDE = 64;
/** The largest side the settings take; larger pictures are not taken as they are. */
const MAX_SIDE = 1024;
/** As float32. What is larger is read from disk as training goes on. */
const MEMORY_BYTES = 512 * 1024 * 1024;
/** Of what is read from disk, the part that stays in memory, as bytes. */
const KEEP_BYTES = 512 * 1024 * 1024;

export type FolderSource = Extract<DataSource, { kind: 'imageFolder' }>;

export interface FolderOptions extends CheckOptions {
  /** False: nobody will train with them; pictures are decoded to see whether they can be, but not kept. */
  readonly pixels: boolean;
  /** Instead of the usual limits, in bytes. */
  readonly memory?: { readonly whole: number; readonly kept: number } | undefined;
}

interface Usable {
  readonly pictures: readonly ListedPicture[];
  readonly facts: readonly PictureFacts[];
  /** Of all pictures of the form, where they were kept. */
  readonly pixels: Float32Array | null;
}

/**
 * A folder of pictures as a dataset. Every picture is decoded once before anything is said of it: a header does not tell whether a
 * picture is whole, and leaving one out later would change the split.
 * @throws ProblemError when there is no such folder, or no pictures in it
 */
export async function openImageFolder(
  path: string,
  source: FolderSource,
  settings: DataSettings,
  options: FolderOptions,
): Promise<{ description: DataDescription; dataset: LoadedDataset | null }> {
  const fixPath = fixPathOf(source);
  const listing = await listPictures(path, fixPath, options.signal);
  const limits = options.memory ?? { whole: MEMORY_BYTES, kept: KEEP_BYTES };
  const { usable, form, problems } = await checkPictures(listing, source, settings, options, limits.whole);
  const { pictures } = usable;
  const classes = listing.folders.filter((folder) => pictures.some(({ className }) => className === folder));
  const index = new Map(classes.map((name, i) => [name, i]));
  const labels = Float32Array.from(pictures, ({ className }) => index.get(className) ?? 0);
  const counts = classes.map(() => 0);
  for (const label of labels) counts[label] = (counts[label] ?? 0) + 1;
  problems.push(
    ...emptyFolders(listing.folders.filter((folder) => !index.has(folder))),
    ...classProblems(classes, counts, outerFolder(pictures), fixPath),
    ...partsNote(listing.parts),
    ...pictureNotes(usable.facts, form, settings),
  );
  const split = effectiveFractions(listing.parts, settings.split);
  const fractions = fractionsProblem(split);
  if (fractions !== null) problems.push(fractions);

  const shape = [form.height, form.width, form.channels];
  const describe = (more: Partial<DataDescription>): DataDescription => ({
    summary: { name: basename(listing.root), kind: 'image', samples: pictures.length, fields: [] },
    attribution: '',
    pixelMaximum: 255,
    columns: [],
    splits: { train: 0, validation: 0, test: 0 },
    classBalance: [],
    problems,
    ...more,
  });
  const blocked = (): boolean => problems.some(({ severity }) => severity === 'error');
  if (blocked()) return { description: describe({}), dataset: null };

  const splits = splitPictures(pictures, labels, split);
  const balance = classBalance(classes, labels, splits);
  problems.push(...splitProblems(splits, balance, split, dealtOut(pictures, labels, classes.length)));
  if (blocked()) return { description: describe({}), dataset: null };
  const description = describe({
    summary: {
      name: basename(listing.root),
      kind: 'image',
      samples: pictures.length,
      fields: [
        { name: 'features', role: 'input', shape },
        { name: 'label', role: 'target', shape: [1], classes: [...classes] },
      ],
      trainingSamples: splits.train.length,
    },
    splits: { train: splits.train.length, validation: splits.validation.length, test: splits.test.length },
    classBalance: balance,
    layout: folderLayout(listing, pictures, classes, form, split),
  });
  const names = pictures.map(({ name }) => name);
  const files = names.map((name) => join(listing.root, name));
  const keep = options.pixels ? limits.kept : 0;
  const features: FieldData | StreamedField =
    usable.pixels === null ? new PictureStream(files, form, keep) : { data: usable.pixels, shape };
  return { description, dataset: assemble(description, splits, classes, labels, names, files, form, features) };
}

/** Pictures of each class that the fractions share out: those that no folder has given to a part, and those for training. */
function dealtOut(pictures: readonly ListedPicture[], labels: Float32Array, classes: number): readonly number[] {
  const counts = Array.from({ length: classes }, () => 0);
  pictures.forEach(({ part }, i) => {
    const label = labels[i] ?? 0;
    if (part === null || part === 'train') counts[label] = (counts[label] ?? 0) + 1;
  });
  return counts;
}

function assemble(
  description: DataDescription,
  splits: Splits,
  classes: readonly string[],
  labels: Float32Array,
  names: readonly string[],
  files: readonly string[],
  form: PictureForm,
  features: FieldData | StreamedField,
): LoadedDataset {
  const { height, width, channels, fit } = form;
  const scaler: ImageScaler = {
    kind: 'image',
    input: 'features',
    height,
    width,
    channels,
    maximum: 255,
    resize: null,
    fit,
    targets: [{ field: 'label', column: 'label', classes: [...classes] }],
  };
  const targetText = (value: number): string => classes[Math.round(value)] ?? '';
  const label: FieldData = { data: labels, shape: [1] };
  const places = new Map(names.map((name, index) => [name, index]));
  return {
    description,
    splits,
    fields: 'read' in features ? { label } : { features, label },
    streamed: 'read' in features ? { features } : {},
    identityOf: (index) => names[index] ?? '',
    indexOf: (id) => (typeof id === 'string' ? (places.get(id) ?? null) : null),
    sampleAt: (index) => pictureSample(files[index] ?? '', names[index] ?? '', targetText(labels[index] ?? -1), form),
    preprocess: createPreprocess(scaler),
    targetText,
    scaler,
    recordSamples: () => recordFolder(names, files, splits),
  };
}

/** Every picture of a folder, checked, and the form they are brought to. */
async function checkPictures(
  listing: PictureListing,
  source: FolderSource,
  settings: DataSettings,
  options: FolderOptions,
  wholeBytes: number,
): Promise<{ usable: Usable; form: PictureForm; problems: Problem[] }> {
  const files = listing.pictures.map(({ name }) => join(listing.root, name));
  const facts = await checkHeaders(files, options);
  const sound = facts.flatMap((fact) => ('fault' in fact ? [] : [fact]));
  const form = formOf(sound, source, settings);
  const size = form.height * form.width * form.channels;
  // What has no header is left out before it is counted.
  const candidates = files.flatMap((file, at) => ('fault' in (facts[at] ?? { fault: '' }) ? [] : [{ file, at }]));
  const whole = options.pixels && candidates.length * size * Float32Array.BYTES_PER_ELEMENT <= wholeBytes;
  const pixels = whole ? new Float32Array(candidates.length * size) : null;
  const take =
    pixels === null
      ? null
      : (bytes: Uint8Array, from: number): void => {
          const start = from * size;
          for (let i = 0; i < bytes.length; i++) pixels[start + i] = (bytes[i] ?? 0) / 255;
        };
  const faults = await decodeAll(
    candidates.map(({ file }) => file),
    form,
    take,
    options,
  );
  const broken: BrokenPicture[] = [];
  const kept: { picture: ListedPicture; fact: PictureFacts; place: number }[] = [];
  const places = new Map(candidates.map(({ at }, place) => [at, place]));
  listing.pictures.forEach((picture, at) => {
    const fact = facts[at];
    const place = places.get(at);
    const fault = place === undefined ? null : (faults[place] ?? null);
    if (fact === undefined || 'fault' in fact) broken.push({ name: picture.name, fault: '', ...fact });
    else if (place === undefined || fault !== null) broken.push({ name: picture.name, fault: '', ...fault });
    else kept.push({ picture, fact, place });
  });
  // Those that were left out leave gaps.
  for (const [to, { place }] of kept.entries()) pixels?.copyWithin(to * size, place * size, (place + 1) * size);
  return {
    form,
    problems: [...listing.problems, ...brokenProblems(broken, listing.pictures.length)],
    usable: {
      pictures: kept.map(({ picture }) => picture),
      facts: kept.map(({ fact }) => fact),
      pixels: pixels?.subarray(0, kept.length * size) ?? null,
    },
  };
}

/** The size asked for, else the pictures' own when they share one that a network can take, else 64×64. */
function formOf(facts: readonly PictureFacts[], source: FolderSource, { resize }: DataSettings): PictureForm {
  const first = facts[0];
  const same = facts.every((fact) => fact.height === first?.height && fact.width === first?.width);
  const own = same && first !== undefined && Math.max(first.height, first.width) <= MAX_SIDE ? first : null;
  const [height = DEFAULT_SIDE, width = DEFAULT_SIDE] = resize ?? [own?.height, own?.width];
  return { height, width, channels: source.channels === 'grey' ? 1 : 3, fit: source.fit };
}
