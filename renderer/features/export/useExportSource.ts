import { useMemo, useState } from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { ExportSource } from '../../../core/host/index.ts';
import { useDocument } from '../../stores/documentStore.ts';
import { useRuns } from '../../stores/runsStore.ts';

/** In place of a run's id: the document on screen. */
export const DESIGN = 'design';

export interface ExportChoice {
  /** `DESIGN`, or the id of the run. */
  readonly chosen: string;
  readonly weights: 'best' | 'last';
  readonly options: readonly { readonly value: string; readonly label: string; readonly help: string }[];
  readonly source: ExportSource;
  /** What files are called after. */
  readonly name: string;
  choose(value: string): void;
  chooseWeights(weights: 'best' | 'last'): void;
}

/** What is exported: a trained run, by default the one looked at, or the design as it stands. */
export function useExportSource(): ExportChoice {
  const document = useDocument((state) => state.document);
  const documentPath = useDocument((state) => state.path);
  const runs = useRuns(
    useShallow((state) =>
      state.order
        .filter((id) => (state.records[id]?.epoch ?? 0) > 0)
        .map((id) => `${id}\n${state.records[id]?.name ?? id}`),
    ),
  );
  const activeId = useRuns((state) => state.activeId);
  const [picked, setPicked] = useState<string | null>(null);
  const [weights, chooseWeights] = useState<'best' | 'last'>('best');
  const options = useMemo(
    () => [
      ...runs.map((line) => ({
        value: line.split('\n')[0] ?? line,
        label: line.split('\n')[1] ?? line,
        help: 'Trained weights.',
      })),
      { value: DESIGN, label: `Design “${document.name}”`, help: 'As it stands, with fresh weights.' },
    ],
    [runs, document.name],
  );
  const has = (id: string | null): id is string => id !== null && options.some((option) => option.value === id);
  const chosen = has(picked) ? picked : has(activeId) ? activeId : (options[0]?.value ?? DESIGN);
  const design = chosen === DESIGN ? document : null;
  const epoch = useRuns((state) => state.records[chosen]?.epoch ?? 0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: while a run goes on its weights change with each epoch
  const source = useMemo<ExportSource>(
    () =>
      design === null
        ? { kind: 'run', runId: chosen, weights }
        : { kind: 'document', document: structuredClone(design) as never, documentPath },
    [design, chosen, weights, documentPath, epoch],
  );
  const name = design?.name ?? options.find((option) => option.value === chosen)?.label ?? 'model';
  return { chosen, weights, options, source, name, choose: setPicked, chooseWeights };
}
