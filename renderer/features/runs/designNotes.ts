import { useCallback, useEffect, useMemo } from 'react';
import { type DocumentChange, designChanges } from '../../../core/document/index.ts';
import type { RunRecord } from '../../../core/runs/index.ts';
import { useDocument } from '../../stores/documentStore.ts';
import { useBelongings } from '../../stores/ownRuns.ts';
import { needDesigns, useRunDesigns } from '../../stores/runDesigns.ts';
import { plural } from '../../ui/index.ts';

/** Designs of own runs that are compared with the one on screen: the newest. */
const MOST_COMPARED = 100;

/** What the list of runs says of a run's design. */
export interface DesignNote {
  readonly text: string;
  /** What has been changed in the document on screen since. */
  readonly changes: readonly DocumentChange[];
}

const note = (text: string, changes: readonly DocumentChange[] = []): DesignNote => ({ text, changes });

/** What the list of runs says of each run's design, seen from the document on screen. */
export function useDesignNotes(): (run: RunRecord) => DesignNote {
  const document = useDocument((state) => state.document);
  const belongings = useBelongings();
  const designs = useRunDesigns((state) => state.designs);
  const own = useMemo(
    () =>
      Object.keys(belongings)
        .filter((id) => belongings[id] === 'own')
        .slice(0, MOST_COMPARED),
    [belongings],
  );
  useEffect(() => needDesigns(own), [own]);
  const changes = useMemo(
    () =>
      new Map(
        own.flatMap((id) => {
          const design = designs[id];
          return design ? [[id, designChanges(design, document)] as const] : [];
        }),
      ),
    [own, designs, document],
  );
  return useCallback(
    (run) => {
      const whose = belongings[run.id];
      if (whose === 'older') return note('older run');
      if (whose === 'other') return note(`another: ${run.documentName}`);
      const found = changes.get(run.id);
      if (found === undefined) return note('this one');
      return found.length === 0 ? note('as it is now') : note(plural(found.length, 'change'), found);
    },
    [belongings, changes],
  );
}
