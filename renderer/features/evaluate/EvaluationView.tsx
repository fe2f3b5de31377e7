import { X } from 'lucide-react';
import { useState } from 'react';
import type { SplitName } from '../../../core/data/index.ts';
import type { Evaluation } from '../../../core/engine/index.ts';
import type { Problem } from '../../../core/errors.ts';
import { useRuns } from '../../stores/runsStore.ts';
import { fullMetricTitle, metricText, sortMetrics } from '../../ui/chart/index.ts';
import { Button, classNames, formatCount, ProblemView, plural, Spinner, Stat } from '../../ui/index.ts';
import { type Cell, ConfusionMatrix } from './ConfusionMatrix.tsx';
import { PerClassTable } from './PerClassTable.tsx';
import { PredictedTrue } from './PredictedTrue.tsx';
import { PredictionList } from './PredictionList.tsx';
import { errorOf } from './regression.ts';
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
  const { evaluation, loading, problem } = useEvaluation({ runId, split, weights, version });
  const lookup = useSampleLookup(data);
  const [cell, setCell] = useState<Cell | null>(null);
  if (problem !== null)
    return (
      <div className="evaluate-problem" role="alert">
        <ProblemView problem={problem} />
      </div>
    );
  if (evaluation === null)
    return (
      <div className="evaluate-wait">
        <Spinner label="Evaluating" />
      </div>
    );
  const rows = cell === null ? evaluation.predictions : evaluation.predictions.filter((row) => inCell(row, cell));
  const numbers = evaluation.confusion === null && evaluation.predictions.some((row) => errorOf(row) !== null);
  const wrong = evaluation.predictions.filter((row) => row.correct === false).length;
  return (
    <div className="evaluation" aria-busy={loading} data-stale={loading}>
      <Metrics evaluation={evaluation} wrong={wrong} />
      {dataProblem !== null && (
        <div className="evaluate-problem">
          <ProblemView problem={dataProblem} />
        </div>
      )}
      <div
        className={classNames('evaluation-body', (evaluation.confusion !== null || numbers) && 'evaluation-classes')}
      >
        {numbers && (
          <div className="evaluation-left">
            <PredictedTrue rows={evaluation.predictions} />
          </div>
        )}
        {evaluation.confusion !== null && (
          <div className="evaluation-left">
            <section aria-label="Confusion matrix">
              <h3>
                Confusion matrix <span className="confusion-hint">true classes down, predicted across</span>
              </h3>
              <ConfusionMatrix confusion={evaluation.confusion} chosen={cell} onChoose={setCell} />
            </section>
            <section aria-label="By class">
              <h3>By class</h3>
              <PerClassTable rows={evaluation.perClass} />
            </section>
          </div>
        )}
        <section className="evaluation-predictions" aria-label="Predictions">
          <header>
            <h3>{cell === null ? 'Predictions, worst first' : `True ${cell.actual}, predicted ${cell.predicted}`}</h3>
            <span className="muted">{plural(rows.length, 'sample')}</span>
            {cell !== null && (
              <Button size="s" variant="ghost" icon={<X aria-hidden />} onClick={() => setCell(null)}>
                Show all
              </Button>
            )}
          </header>
          <div className="evaluation-list">
            {rows.length === 0 ? (
              <p className="evaluation-none">No sample falls into this cell.</p>
            ) : (
              <PredictionList rows={rows} lookup={lookup} data={data} />
            )}
          </div>
        </section>
      </div>
    </div>
  );
}

function inCell(row: Evaluation['predictions'][number], cell: Cell): boolean {
  return row.target === cell.actual && row.predicted === cell.predicted;
}

function Metrics({ evaluation, wrong }: { readonly evaluation: Evaluation; readonly wrong: number }) {
  const names = sortMetrics(Object.keys(evaluation.metrics));
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
      {evaluation.confusion !== null && <Stat label="Wrong" value={formatCount(wrong)} />}
    </div>
  );
}
