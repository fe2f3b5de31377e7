import { useEffect } from 'react';
import { useBelongings } from './ownRuns.ts';
import { showRun, useRuns } from './runsStore.ts';

/**
 * The run the training views show: the active one, else the newest of the design on screen, so that an interrupted run is there to be
 * resumed after a restart. Null: there is none.
 */
export function useShownRun(): string | null {
  const activeId = useRuns((state) => state.activeId);
  const belongings = useBelongings();
  const newest = useRuns((state) => state.order.find((id) => belongings[id] === 'own'));
  const candidate = activeId ?? newest ?? null;
  useEffect(() => {
    // Also for a run that became active by an event: its curve up to then is still to be read.
    if (candidate !== null) void showRun(candidate);
  }, [candidate]);
  return candidate;
}
