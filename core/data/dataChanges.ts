import { z } from 'zod';

/** What became of the data since a run learnt from them. */
export const dataChangesSchema = z.object({
  unit: z.enum(['row', 'picture']),
  added: z.number(),
  removed: z.number(),
  changed: z.number(),
  /**
   * What cannot be told, since an older version of Layerloom recorded less: which samples the run had (`samples`), which it began with, before it
   * went on (`beginning`), or what is in its pictures (`content`).
   */
  unchecked: z.enum(['samples', 'beginning', 'content']).optional(),
});
export type DataChanges = z.infer<typeof dataChangesSchema>;

/** What changed, with the numbers, and what is done about it, or what cannot be told and why; null where nothing did and all can be. */
export function dataChangesText(changes: DataChanges): string | null {
  return [changedText(changes), uncheckedText(changes)].filter((text) => text !== null).join(' ') || null;
}

/** The two in a few words. */
export function dataChangesTitle(changes: DataChanges): string {
  return changedText(changes) === null ? 'Not all of the data can be checked' : 'The data are not what they were';
}

function changedText({ unit, added, removed, changed }: DataChanges): string | null {
  const parts = [
    [added, 'added'],
    [removed, 'removed'],
    [changed, 'changed'],
  ] as const;
  const told = parts.flatMap(([count, what]) => {
    if (count === 0) return [];
    return `${count.toLocaleString('en')} ${count === 1 ? unit : `${unit}s`} ${what}`;
  });
  if (told.length === 0) return null;
  const known = `Every ${unit} that is still as it was stays in the part it was in`;
  const others = added + changed > 0 ? '; new and changed ones are in no part, since the run never saw them so' : '';
  return `The data changed since the run: ${told.join(', ')}. ${known}${others}.`;
}

/** One sentence: what cannot be checked, and why. */
function uncheckedText({ unit, unchecked }: DataChanges): string | null {
  switch (unchecked) {
    case undefined:
      return null;
    case 'samples':
      return `An older version of Layerloom trained this run and kept no record of its ${unit}s, so it cannot be checked whether they are still those it learnt from, nor whether it was trained on those that are shown as test here: they are read and split anew.`;
    case 'beginning':
      return `An older version of Layerloom began this run and kept no record of its ${unit}s until it went on, so it cannot be checked whether it began with the same ones in the same parts.`;
    case 'content':
      return `An older version of Layerloom trained this run and kept the sizes of its ${unit}s, not their content, so one that was replaced by another of the very same size goes unnoticed.`;
  }
}
