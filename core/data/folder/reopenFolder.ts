import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { DataSettings } from '../../document/index.ts';
import { ProblemError } from '../../errors.ts';
import type { DataChanges } from '../dataChanges.ts';
import type { DataRecord, FolderRecord } from '../dataRecord.ts';
import { classBalance } from '../describeSplits.ts';
import { knownParts } from '../knownParts.ts';
import type { LoadedDataset } from '../loadedDataset.ts';
import type { ImageScaler } from '../scaler.ts';
import type { DataDescription } from '../schema.ts';
import { contentDigests } from './contentDigests.ts';
import { type FolderOptions, type FolderSource, openImageFolder } from './openImageFolder.ts';

/**
 * A folder of pictures as a run learnt it, from what is in it now: brought to the run's size, classes in the run's order, and each known
 * picture in its part. New and changed ones are in no part.
 * @throws ProblemError when the folder can no longer be read, or holds none of the run's pictures
 */
export async function reopenFolder(
  path: string,
  source: FolderSource,
  settings: DataSettings,
  options: FolderOptions,
  { scaler, samples, summary }: DataRecord & { readonly scaler: ImageScaler; readonly samples: FolderRecord },
): Promise<{ readonly dataset: LoadedDataset; readonly changes: DataChanges }> {
  // The size that mixed pictures are brought to follows from all of them: the run's own is kept.
  const form: DataSettings = { ...settings, resize: [scaler.height, scaler.width] };
  const { description, dataset } = await openImageFolder(path, source, form, options);
  if (dataset === null) {
    const problem = description.problems.find(({ severity }) => severity === 'error');
    if (problem === undefined) throw new Error('a folder without an error should be complete');
    throw new ProblemError({ ...problem, severity: 'error' });
  }
  const names = Array.from({ length: description.summary.samples }, (_, i) => String(dataset.identityOf(i)));
  const places = new Map(names.map((name, i) => [name, i]));
  const files = samples.names.map((name) => (places.has(name) ? join(path, name) : null));
  const isSame = await stillTheSame(files, samples, options.signal);
  let changed = 0;
  let removed = 0;
  const found = samples.names.map((name, i) => {
    const place = places.get(name);
    if (place === undefined) removed++;
    else if (isSame[i] !== true) changed++;
    else return place;
    return -1;
  });
  const added = names.length - (samples.names.length - removed);
  const splits = knownParts(samples.parts, { found: Int32Array.from(found) });
  if (splits.train.length + splits.validation.length + splits.test.length === 0) throw nothingKnown(samples);

  const classes = scaler.targets[0]?.classes ?? [];
  const now = description.summary.fields.find(({ role }) => role === 'target')?.classes ?? [];
  const label = dataset.fields.label;
  // A class the run does not know is in pictures of no part only.
  const ownIndex = now.map((name) => Math.max(0, classes.indexOf(name)));
  const labels = Float32Array.from(label?.data ?? [], (index) => ownIndex[index] ?? 0);
  const described: DataDescription = {
    ...description,
    summary: { ...summary, samples: names.length },
    splits: { train: splits.train.length, validation: splits.validation.length, test: splits.test.length },
    classBalance: classBalance(classes, labels, splits),
    problems: [],
    ...(description.layout?.kind === 'pictures' && { layout: { ...description.layout, classes } }),
  };
  return {
    dataset: {
      ...dataset,
      description: described,
      splits,
      fields: { ...dataset.fields, label: { data: labels, shape: [1] } },
      targetText: (value) => classes[Math.round(value)] ?? '',
      scaler,
    },
    changes: {
      unit: 'picture',
      added,
      removed,
      changed,
      ...(samples.digests === undefined && { unchecked: 'content' }),
    },
  };
}

/** Whether each picture holds what it held when the run began: by its content, or by its size where no more is known of it. */
async function stillTheSame(
  files: readonly (string | null)[],
  { digests, sizes }: FolderRecord,
  signal: AbortSignal | undefined,
): Promise<readonly boolean[]> {
  const known = files.map((file) => file ?? '');
  if (digests !== undefined) {
    const now = await contentDigests(known, signal);
    return now.map((digest, i) => digest !== '' && digest === digests[i]);
  }
  const same: boolean[] = [];
  for (const [i, file] of known.entries()) {
    const facts = file === '' ? null : await stat(file).catch(() => null);
    same.push(facts !== null && facts.size === sizes?.[i]);
  }
  return same;
}

function nothingKnown({ names }: FolderRecord): ProblemError {
  return new ProblemError({
    code: 'data-replaced',
    title: 'Other data than the run’s',
    message: `None of the ${names.length.toLocaleString('en')} pictures that this run was trained and tested with is in the folder any more as it was, so it cannot be said how well the network does on them. Put them back, or train again with those that are there.`,
    facts: { pictures: names.length },
  });
}
