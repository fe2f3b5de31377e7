import { useMemo, useState } from 'react';
import type { ExportSource } from '../../../core/host/index.ts';
import { useDocument } from '../../stores/documentStore.ts';
import { BELONGING_NOTES, type RunOption, useRunOptions } from '../../stores/ownRuns.ts';
import { useRuns } from '../../stores/runsStore.ts';

/** In place of a run's id: the document on screen. */
export const DESIGN = 'design';

export interface ExportChoice {
  /** `DESIGN`, or the id of the run. */
  readonly chosen: string;
  readonly weights: 'best' | 'last';
  readonly options: readonly { readonly value: string; readonly label: string; readonly help: string }[];
  readonly source: ExportSource;
  /** The newest run of the design on screen that has weights. */
  readonly trained: RunOption | null;
  /** What files are called after. */
  readonly name: string;
  choose(value: string): void;
  chooseWeights(weights: 'best' | 'last'): void;
}

/** What is exported: a trained run, by default the one looked at, or the design as it stands. */
export function useExportSource(): ExportChoice {
  const document = useDocument((state) => state.document);
  const documentPath = useDocument((state) => state.path);
  const runs = useRunOptions(true);
  const activeId = useRuns((state) => state.activeId);
  const [picked, setPicked] = useState<string | null>(null);
  const [weights, chooseWeights] = useState<'best' | 'last'>('best');
  const options = useMemo(() => {
    const option = ({ id, name, belonging }: RunOption) => ({
      value: id,
      label: name,
      help: BELONGING_NOTES[belonging] ?? 'Trained weights.',
    });
    const own = runs.filter(({ belonging }) => belonging === 'own');
    const others = runs.filter(({ belonging }) => belonging !== 'own');
    const design = {
      value: DESIGN,
      label: `Design “${document.name}”`,
      help: 'As it stands, untrained: with fresh weights.',
    };
    return [...own.map(option), design, ...others.map(option)];
  }, [runs, document.name]);
  const has = (id: string | null): id is string => id !== null && options.some((option) => option.value === id);
  const chosen = has(picked) ? picked : has(activeId) ? activeId : (options[0]?.value ?? DESIGN);
  const design = chosen === DESIGN ? document : null;
  const epoch = useRuns((state) => state.records[chosen]?.epoch ?? 0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: while a run goes on its weights change with each epoch
  const source = useMemo<ExportSource>(
    () =>
      design === null ? { kind: 'run', runId: chosen, weights } : { kind: 'document', document: design, documentPath },
    [design, chosen, weights, documentPath, epoch],
  );
  const trained = runs.find(({ belonging }) => belonging === 'own') ?? null;
  const name = design?.name ?? options.find((option) => option.value === chosen)?.label ?? 'model';
  return { chosen, weights, options, source, name, trained, choose: setPicked, chooseWeights };
}
