import { applyPatches, type Patch } from 'immer';
import type { LoomDocument } from '../document/index.ts';
import type { Applied } from './applyCommand.ts';

/** One step that can be undone: what it is called, and its differences both ways. */
export interface HistoryEntry {
  readonly label: string;
  readonly patches: readonly Patch[];
  readonly inverse: readonly Patch[];
}

/** What can be undone and redone, as differences. Immutable; the newest entry of each list is its last. */
export interface History {
  readonly past: readonly HistoryEntry[];
  readonly future: readonly HistoryEntry[];
  /** The gesture whose edits still flow into the last entry. */
  readonly gesture: string | null;
}

/** A document after a step through the history, and the history from there. */
export interface Step {
  readonly document: LoomDocument;
  readonly history: History;
  readonly label: string;
}

/** Older entries are forgotten. */
export const HISTORY_LIMIT = 1000;

/** Nothing done yet. */
export const emptyHistory: History = { past: [], future: [], gesture: null };

/**
 * Adds an edit. Edits in a row with the same `gesture` key (a drag, a name being typed) become one entry, so that one undo takes
 * back what was done in one go. An edit that changed nothing is not recorded.
 */
export function record(history: History, applied: Applied, gesture: string | null = null): History {
  if (applied.patches.length === 0) return history;
  const entry: HistoryEntry = { label: applied.label, patches: applied.patches, inverse: applied.inverse };
  const last = history.past.at(-1);
  if (gesture !== null && gesture === history.gesture && last !== undefined)
    return { past: [...history.past.slice(0, -1), merge(last, entry)], future: [], gesture };
  return { past: [...history.past, entry].slice(-HISTORY_LIMIT), future: [], gesture };
}

/** The whole document exchanged for another (its file was read again), as one entry that can be taken back. */
export function recordExchange(history: History, before: LoomDocument, after: LoomDocument, label: string): History {
  const whole = (value: LoomDocument): readonly Patch[] => [{ op: 'replace', path: [], value }];
  return record(history, { document: after, patches: whole(after), inverse: whole(before), label, created: [] });
}

/** Takes back the last entry; null when there is none. */
export function undo(document: LoomDocument, history: History): Step | null {
  const entry = history.past.at(-1);
  if (entry === undefined) return null;
  return {
    document: applyPatches(document, entry.inverse),
    history: { past: history.past.slice(0, -1), future: [...history.future, entry], gesture: null },
    label: entry.label,
  };
}

/** Does the last undone entry again; null when there is none. */
export function redo(document: LoomDocument, history: History): Step | null {
  const entry = history.future.at(-1);
  if (entry === undefined) return null;
  return {
    document: applyPatches(document, entry.patches),
    history: { past: [...history.past, entry], future: history.future.slice(0, -1), gesture: null },
    label: entry.label,
  };
}

function merge(first: HistoryEntry, second: HistoryEntry): HistoryEntry {
  // A drag sets the same values again and again: only where it began and where it ended matter.
  if (replacesSame(first.patches, second.patches)) return { ...first, patches: second.patches };
  return {
    label: first.label,
    patches: [...first.patches, ...second.patches],
    inverse: [...second.inverse, ...first.inverse],
  };
}

function replacesSame(a: readonly Patch[], b: readonly Patch[]): boolean {
  return (
    a.length === b.length &&
    a.every(
      (patch, i) => patch.op === 'replace' && b[i]?.op === 'replace' && patch.path.join('/') === b[i].path.join('/'),
    )
  );
}

/** Whether a step back is there. */
export const canUndo = (history: History): boolean => history.past.length > 0;
/** Whether a step that was undone is there. */
export const canRedo = (history: History): boolean => history.future.length > 0;
