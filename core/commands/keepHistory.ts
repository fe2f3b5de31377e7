import { applyPatches, type Patch } from 'immer';
import { z } from 'zod';
import { documentSchema, type LoomDocument } from '../document/index.ts';
import { sameJson } from '../json.ts';
import { HISTORY_LIMIT, type History, type HistoryEntry } from './history.ts';

const patchSchema = z.strictObject({
  op: z.enum(['add', 'remove', 'replace']),
  path: z.array(z.union([z.string(), z.number()])),
  value: z.json().optional(),
});
const entrySchema = z.strictObject({
  label: z.string(),
  patches: z.array(patchSchema),
  inverse: z.array(patchSchema),
});
const packedSchema = z.strictObject({
  past: z.array(entrySchema).max(HISTORY_LIMIT),
  future: z.array(entrySchema).max(HISTORY_LIMIT),
  /** Which entry the file holds: one of the past or future by index, `start` before the first, `never` none of them. */
  saved: z.union([z.tuple([z.enum(['past', 'future']), z.number().int().nonnegative()]), z.enum(['start', 'never'])]),
});

/** A history as plain JSON, to be kept outside the program. */
export type PackedHistory = z.infer<typeof packedSchema>;

/** The last entry of the history that is in the file; null: the state before the first; `never`: none. */
export type SavedMark = HistoryEntry | null | 'never';

/** As much of the history as fits into `most` characters of JSON: the newest of both lists. */
export function packHistory(history: History, saved: SavedMark, most: number): PackedHistory {
  let room = most;
  const newest = (entries: readonly HistoryEntry[]): readonly HistoryEntry[] => {
    let from = entries.length;
    for (; from > 0; from--) {
      room -= JSON.stringify(entries[from - 1]).length;
      if (room < 0) break;
    }
    return entries.slice(from);
  };
  const past = newest(history.past);
  const future = newest(history.future);
  return packedSchema.parse({ past, future, saved: placeOfMark() });

  function placeOfMark(): PackedHistory['saved'] {
    if (saved === 'never') return 'never';
    if (saved === null) return past.length === history.past.length ? 'start' : 'never';
    if (past.includes(saved)) return ['past', past.indexOf(saved)];
    if (future.includes(saved)) return ['future', future.indexOf(saved)];
    return past.length === 0 && history.past.at(-1) === saved ? 'start' : 'never';
  }
}

/**
 * The history kept by `packHistory`, if it is one of exactly this document: taking everything back and doing it again must lead here.
 * Null otherwise, whatever was given.
 */
export function unpackHistory(
  kept: unknown,
  document: LoomDocument,
): { readonly history: History; readonly saved: SavedMark } | null {
  const read = packedSchema.safeParse(kept);
  if (!read.success) return null;
  const past = read.data.past.map(entryOf);
  const future = read.data.future.map(entryOf);
  try {
    const start = past.reduceRight<LoomDocument>((now, entry) => applyPatches(now, entry.inverse), document);
    const again = past.reduce<LoomDocument>((now, entry) => applyPatches(now, entry.patches), start);
    const end = future.reduceRight<LoomDocument>((now, entry) => applyPatches(now, entry.patches), document);
    const back = future.reduce<LoomDocument>((now, entry) => applyPatches(now, entry.inverse), end);
    if (!sameJson(again, document) || !sameJson(back, document)) return null;
    if (!documentSchema.safeParse(start).success || !documentSchema.safeParse(end).success) return null;
  } catch {
    return null;
  }
  const saved = markOf(read.data.saved, past, future);
  return saved === undefined ? null : { history: { past, future, gesture: null }, saved };
}

function markOf(
  saved: PackedHistory['saved'],
  past: readonly HistoryEntry[],
  future: readonly HistoryEntry[],
): SavedMark | undefined {
  if (saved === 'never') return 'never';
  if (saved === 'start') return null;
  const [list, index] = saved;
  return (list === 'past' ? past : future)[index];
}

function entryOf(entry: z.infer<typeof entrySchema>): HistoryEntry {
  return { label: entry.label, patches: entry.patches.map(patchOf), inverse: entry.inverse.map(patchOf) };
}

/** Without a `value` key where there was none: JSON and zod write such a key as undefined. */
function patchOf({ op, path, value }: z.infer<typeof patchSchema>): Patch {
  return value === undefined ? { op, path } : { op, path, value };
}
