import { useEffect } from 'react';
import { create } from 'zustand';
import type { LoomDocument } from '../../core/document/index.ts';
import { parseDesign } from '../../core/graph/index.ts';
import { host } from './host.ts';

interface RunDesigns {
  /** By run: the design as trained; null where it cannot be read. Missing: not asked for yet. */
  readonly designs: { readonly [runId: string]: LoomDocument | null };
}

/** The designs that runs trained. A run's design never changes, so each is read once. */
export const useRunDesigns = create<RunDesigns>()(() => ({ designs: {} }));

const asked = new Set<string>();

/** Reads the designs of these runs, as far as they are not here yet. */
export function needDesigns(runIds: readonly string[]): void {
  for (const runId of runIds) {
    if (asked.has(runId)) continue;
    asked.add(runId);
    const keep = (design: LoomDocument | null) =>
      useRunDesigns.setState(({ designs }) => ({ designs: { ...designs, [runId]: design } }));
    host()
      .call('runs.document', { runId })
      .then(
        ({ text }) => {
          const parsed = parseDesign(text);
          keep(parsed.ok ? parsed.value.document : null);
        },
        // The lists of runs say what is wrong with it.
        () => keep(null),
      );
  }
}

/** The design that a run trained; null while it is read, and where there is none. */
export function useRunDesign(runId: string | null): LoomDocument | null {
  useEffect(() => {
    if (runId !== null) needDesigns([runId]);
  }, [runId]);
  return useRunDesigns((state) => (runId === null ? null : (state.designs[runId] ?? null)));
}
