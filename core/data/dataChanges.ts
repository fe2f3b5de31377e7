import { z } from 'zod';

/** What became of the data since a run learnt from them. */
export const dataChangesSchema = z.object({
  unit: z.enum(['row', 'picture']),
  added: z.number(),
  removed: z.number(),
  changed: z.number(),
});
export type DataChanges = z.infer<typeof dataChangesSchema>;

/** What changed, with the numbers, and what is done about it; null where nothing did. */
export function dataChangesText({ unit, added, removed, changed }: DataChanges): string | null {
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
