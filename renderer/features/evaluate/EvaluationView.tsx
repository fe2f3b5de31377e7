import { useState } from 'react';
import { dataChangesText, dataChangesTitle, type SplitName } from '../../../core/data/index.ts';
import type { Evaluation, HeadEvaluation, SamplesProgress } from '../../../core/engine/index.ts';
import type { Problem } from '../../../core/errors.ts';
import { FindingBanners } from '../../actions/FindingBanners.tsx';
import { useBelongings } from '../../stores/ownRuns.ts';
import { useRuns } from '../../stores/runsStore.ts';
import { fullMetricTitle, metricText, sortMetrics } from '../../ui/chart/index.ts';
import {
  Banner,
  Button,
  formatCount,
  ProblemView,
  SegmentedControl,
  Spinner,
  Stat,
  WorkProgress,
} from '../../ui/index.ts';
import { HeadEvaluationView } from './HeadEvaluationView.tsx';
import { useEvaluation } from './useEvaluation.ts';
import type { RunData } from './useRunData.ts';
import { useSampleLookup } from './useSamples.ts';

export interface EvaluationViewProps {
  readonly runId: string;
  readonly split: SplitName;
  readonly weights: 'best' | 'last';
  readonly data: RunData | null;
  readonly dataProblem: Problem | null;
}

/** Metrics, confusions and predictions of one run on one part of its data. */
export function EvaluationView({ runId, split, weights, data, dataProblem }: EvaluationViewProps) {
  // Best weights change when a better epoch comes, last weights with every epoch.
  const version = useRuns((state) => {
    const record = state.records[runId];
    return weights === 'best' ? `${record?.best?.epoch ?? 0}` : `${record?.epoch ?? 0}`;
  });
  const { evaluation, loading, progress, problem, cancel, again } = useEvaluation({ runId, split, weights, version });
  const lookup = useSampleLookup(runId, evaluation);
  const belongings = useBelongings();
  const [asked, setAsked] = useState<string | null>(null);
  if (problem !== null)
    return (
      <div className="evaluate-problem" role="alert">
        <ProblemView problem={problem} />
        {problem.code === 'cancelled' && <Button onClick={again}>Evaluate</Button>}
      </div>
    );
  const working = progress === null ? null : <Working progress={progress} onCancel={cancel} />;
  const head = evaluation?.heads.find(({ name }) => name === asked) ?? evaluation?.heads[0];
  if (evaluation === null || head === undefined)
    return <div className="evaluate-wait">{working ?? <Spinner label="Evaluating" />}</div>;
  const { dataChanges } = evaluation;
  const changed = dataChanges === null ? null : dataChangesText(dataChanges);
  return (
    <>
      {working !== null && <div className="evaluate-working">{working}</div>}
      <div className="evaluation" aria-busy={loading} data-stale={loading}>
        <Metrics evaluation={evaluation} head={head} />
        {dataChanges !== null && changed !== null && (
          <div className="evaluate-notices">
            <Banner tone="warning" title={dataChangesTitle(dataChanges)}>
              {changed}
            </Banner>
          </div>
        )}
        {evaluation.findings.length > 0 && (
          <div className="evaluate-notices">
            <FindingBanners findings={evaluation.findings} mendable={belongings[runId] === 'own'} />
          </div>
        )}
        {dataProblem !== null && (
          <div className="evaluate-problem">
            <ProblemView problem={dataProblem} />
          </div>
        )}
        {evaluation.heads.length > 1 && (
          <div className="evaluation-heads">
            <SegmentedControl
              label="Output"
              value={head.name}
              options={evaluation.heads.map(({ name }) => ({ value: name, label: name }))}
              onChange={setAsked}
            />
          </div>
        )}
        <HeadEvaluationView key={head.name} head={head} lookup={lookup} data={data} />
      </div>
    </>
  );
}

const STEPS = {
  reading: { label: 'Reading the data', unit: 'pictures' },
  computing: { label: 'Evaluating', unit: 'samples' },
} as const;

function Working({ progress, onCancel }: { readonly progress: SamplesProgress; readonly onCancel: () => void }) {
  const { step, ...amount } = progress;
  return <WorkProgress {...STEPS[step]} {...amount} onCancel={onCancel} />;
}

function Metrics({ evaluation, head }: { readonly evaluation: Evaluation; readonly head: HeadEvaluation }) {
  const names = sortMetrics(Object.keys(evaluation.metrics));
  const wrong = head.predictions.filter((row) => row.correct === false).length;
  return (
    <div className="evaluation-metrics">
      {names.map((name) => (
        <Stat
          key={name}
          label={fullMetricTitle(name)}
          value={metricText(name, evaluation.metrics[name] ?? Number.NaN)}
        />
      ))}
      <Stat label="Samples" value={formatCount(evaluation.samples)} />
      {head.confusion !== null && (
        <Stat label={evaluation.heads.length > 1 ? `Wrong by ${head.name}` : 'Wrong'} value={formatCount(wrong)} />
      )}
    </div>
  );
}
