import { useEffect, useState } from 'react';
import type { LayerWeights, WeightSummary } from '../../../core/engine/index.ts';
import { type Problem, toProblem } from '../../../core/errors.ts';
import { host } from '../../stores/host.ts';
import { useRunOptions } from '../../stores/ownRuns.ts';
import { useRuns } from '../../stores/runsStore.ts';
import { formatCount, formatMetric, ProblemView, Section } from '../../ui/index.ts';
import { Rows } from './Rows.tsx';

/**
 * What the newest trained run of this design, or the one that is looked at, has learnt in a layer. Nothing where there is none.
 * `nodeId` is the layer's path in the network.
 */
export function TrainedWeights({ nodeId }: { readonly nodeId: string }) {
  const own = useRunOptions(true).filter(({ belonging }) => belonging === 'own');
  const activeId = useRuns((state) => state.activeId);
  const run = own.find(({ id }) => id === activeId) ?? own[0];
  // A run that has not saved yet has none to read.
  const saved = useRuns((state) => (run === undefined ? undefined : state.records[run.id]?.saved?.step));
  const best = useRuns((state) => run !== undefined && (state.records[run.id]?.best ?? null) !== null);
  if (run === undefined || saved === undefined) return null;
  return <OfRun runId={run.id} name={run.name} weights={best ? 'best' : 'last'} nodeId={nodeId} saved={saved} />;
}

interface OfRunProps {
  readonly runId: string;
  readonly name: string;
  readonly weights: 'best' | 'last';
  readonly nodeId: string;
  /** Changes when the run has saved others. */
  readonly saved: number;
}

function OfRun({ runId, name, weights, nodeId, saved }: OfRunProps) {
  const [layers, setLayers] = useState<readonly LayerWeights[]>([]);
  const [problem, setProblem] = useState<Problem | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other weights are saved behind the same request
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    host()
      .call('runs.weights', { runId, weights, node: nodeId }, { signal })
      .then(
        (found) => {
          if (signal.aborted) return;
          setLayers(found);
          setProblem(null);
        },
        (thrown) => {
          if (!signal.aborted) setProblem(toProblem(thrown));
        },
      );
    return () => controller.abort();
  }, [runId, weights, nodeId, saved]);
  if (problem === null && layers.every((layer) => layer.weights.length === 0)) return null;
  return (
    <Section title="Trained weights" aside={name}>
      {problem !== null && <ProblemView problem={problem} />}
      {problem === null &&
        layers.map((layer) =>
          layer.weights.map((weight) => (
            <Rows key={`${layer.id}/${weight.name}`} rows={rowsOf(layers.length > 1 ? layer.name : '', weight)} />
          )),
        )}
    </Section>
  );
}

function rowsOf(layer: string, { name, figures, notFinite }: WeightSummary): [string, string][] {
  const title = layer === '' ? name : `${layer}/${name}`;
  const broken: [string, string][] = notFinite > 0 ? [['Not finite', formatCount(notFinite)]] : [];
  if (figures === null) return [[title, 'no finite value'], ...broken];
  const { min, max, mean, deviation, zeros } = figures;
  return [
    [title, `${formatMetric(mean)} ± ${formatMetric(deviation)}`],
    ['Range', `${formatMetric(min)} to ${formatMetric(max)}`],
    ['Zeros', `${(100 * zeros).toFixed(1)} %`],
    ...broken,
  ];
}
