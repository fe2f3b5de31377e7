import { useEffect, useMemo } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { type DocumentChange, designChanges, type LoomDocument } from '../../core/document/index.ts';
import type { RunRecord } from '../../core/runs/index.ts';
import { useDocument } from './documentStore.ts';
import { needDesigns, useRunDesign, useRunDesigns } from './runDesigns.ts';
import { isOfDocument, useRuns } from './runsStore.ts';

/**
 * Whose a run is, seen from the document on screen. `own`: it says so, or (runs of older versions, which do not say) it trained exactly
 * this design. `older`: it does not say, and trained something else. `other`: it is of another document, whatever that is called.
 */
export type Belonging = 'own' | 'older' | 'other';

/** @param design what the run trained; null while that is not known */
export function belonging(record: RunRecord, document: LoomDocument, design: LoomDocument | null): Belonging {
  if (record.documentId !== undefined) return isOfDocument(record, document) ? 'own' : 'other';
  return design !== null && designChanges(design, document).length === 0 ? 'own' : 'older';
}

/** Designs of older runs that are read to see whose they are: the newest of the same name. */
const MOST_OLDER = 50;

/** Whether a run of an older version may turn out to be this document's. */
const mayBeOwn = (record: RunRecord, document: LoomDocument): boolean =>
  record.documentId === undefined && record.documentName === document.name;

/** Whose each run is, by id. */
export function useBelongings(): { readonly [runId: string]: Belonging } {
  const document = useDocument((state) => state.document);
  // What says whose a run is never changes while it trains; its figures do, many times a second.
  const facts = useRuns(
    useShallow((state) =>
      state.order.flatMap((id) => {
        const record = state.records[id];
        return record === undefined
          ? []
          : `${id}\n${record.documentId ?? ''}\n${mayBeOwn(record, document) ? 'ask' : ''}`;
      }),
    ),
  );
  const older = useMemo(
    () =>
      facts
        .filter((fact) => fact.endsWith('\nask'))
        .slice(0, MOST_OLDER)
        .map((fact) => fact.split('\n')[0] ?? ''),
    [facts],
  );
  useEffect(() => needDesigns(older), [older]);
  const designs = useRunDesigns(useShallow((state) => older.map((id) => state.designs[id] ?? null)));
  return useMemo(() => {
    const { records } = useRuns.getState();
    const known = new Map(older.map((id, i) => [id, designs[i] ?? null]));
    return Object.fromEntries(
      facts.flatMap((fact) => {
        const id = fact.split('\n')[0] ?? '';
        const record = records[id];
        return record === undefined ? [] : [[id, belonging(record, document, known.get(id) ?? null)] as const];
      }),
    );
  }, [facts, older, designs, document]);
}

/** What was changed in the document on screen since a run trained it; null while that is not known, or where it is not its run. */
export function useChangesSince(runId: string | null): readonly DocumentChange[] | null {
  const document = useDocument((state) => state.document);
  const design = useRunDesign(runId);
  const belongings = useBelongings();
  const own = runId !== null && belongings[runId] === 'own';
  return useMemo(() => (own && design !== null ? designChanges(design, document) : null), [own, design, document]);
}

export interface RunOption {
  readonly id: string;
  readonly name: string;
  readonly belonging: Belonging;
}

/** Runs to choose from, this document's own first, each group newest first. `trained`: only those with weights. */
export function useRunOptions(trained: boolean): readonly RunOption[] {
  const belongings = useBelongings();
  const lines = useRuns(
    useShallow((state) =>
      state.order
        .filter((id) => !trained || (state.records[id]?.epoch ?? 0) > 0)
        .map((id) => `${id}\n${state.records[id]?.name ?? id}`),
    ),
  );
  return useMemo(() => {
    const options = lines.map((line): RunOption => {
      const [id = line, name = line] = line.split('\n');
      return { id, name, belonging: belongings[id] ?? 'other' };
    });
    const rank = { own: 0, older: 1, other: 2 };
    return options.sort((a, b) => rank[a.belonging] - rank[b.belonging]);
  }, [lines, belongings]);
}

/** What a list says beside a run that is not the document's own. */
export const BELONGING_NOTES: { readonly [B in Belonging]: string | undefined } = {
  own: undefined,
  older: 'Older run: it does not say which design it is of, and trained another than this one.',
  other: 'Of another design.',
};
