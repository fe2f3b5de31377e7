import { useCallback, useEffect, useMemo } from 'react';
import { designChanges } from '../../../core/document/index.ts';
import type { RunRecord } from '../../../core/runs/index.ts';
import { useDocument } from '../../stores/documentStore.ts';
import { useBelongings } from '../../stores/ownRuns.ts';
import { needDesigns, useRunDesigns } from '../../stores/runDesigns.ts';
import { plural } from '../../ui/index.ts';

/** Designs of own runs that are compared with the one on screen: the newest. */
const MOST_COMPARED = 100;

/** What the list of runs says of each run's design, seen from the document on screen. */
export function useDesignText(): (run: RunRecord) => string {
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
          return design ? [[id, designChanges(design, document).length] as const] : [];
        }),
      ),
    [own, designs, document],
  );
  return useCallback(
    (run) => {
      const whose = belongings[run.id];
      if (whose === 'older') return 'older run';
      if (whose === 'other') return `another: ${run.documentName}`;
      const count = changes.get(run.id);
      if (count === undefined) return 'this one';
      return count === 0 ? 'as it is now' : plural(count, 'change');
    },
    [belongings, changes],
  );
}
