import type { FolderRecord } from '../dataRecord.ts';
import type { Splits } from '../splitSamples.ts';
import { contentDigests } from './contentDigests.ts';

/** What a run keeps of a folder of pictures, to know them again. */
export async function recordFolder(
  names: readonly string[],
  files: readonly string[],
  splits: Splits,
): Promise<FolderRecord> {
  return {
    kind: 'folder',
    names: [...names],
    digests: await contentDigests(files),
    parts: {
      train: Array.from(splits.train),
      validation: Array.from(splits.validation),
      test: Array.from(splits.test),
    },
  };
}
