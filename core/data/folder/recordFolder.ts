import { stat } from 'node:fs/promises';
import type { FolderRecord } from '../dataRecord.ts';
import type { Splits } from '../splitSamples.ts';

/** Files looked at in one go. */
const AT_ONCE = 64;

/** Bytes of each file; -1 of what is gone. */
export async function fileSizes(files: readonly string[]): Promise<number[]> {
  const sizes: number[] = [];
  for (let from = 0; from < files.length; from += AT_ONCE) {
    const some = files.slice(from, from + AT_ONCE).map(async (file) => {
      const facts = await stat(file).catch(() => null);
      return facts?.size ?? -1;
    });
    sizes.push(...(await Promise.all(some)));
  }
  return sizes;
}

/** What a run keeps of a folder of pictures, to know them again. */
export async function recordFolder(
  names: readonly string[],
  files: readonly string[],
  splits: Splits,
): Promise<FolderRecord> {
  return {
    kind: 'folder',
    names: [...names],
    sizes: await fileSizes(files),
    parts: {
      train: Array.from(splits.train),
      validation: Array.from(splits.validation),
      test: Array.from(splits.test),
    },
  };
}
