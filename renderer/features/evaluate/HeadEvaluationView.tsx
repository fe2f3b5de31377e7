import { X } from 'lucide-react';
import { useState } from 'react';
import type { HeadEvaluation } from '../../../core/engine/index.ts';
import { Button, classNames, plural } from '../../ui/index.ts';
import { type Cell, ConfusionMatrix } from './ConfusionMatrix.tsx';
import { PerClassTable } from './PerClassTable.tsx';
import { PredictedTrue } from './PredictedTrue.tsx';
import { PredictionList } from './PredictionList.tsx';
import { RegressionTable } from './RegressionTable.tsx';
import { errorOf } from './regression.ts';
import type { SampleLookup } from './sampleLookup.ts';
import type { RunData } from './useRunData.ts';

export interface HeadEvaluationViewProps {
  readonly head: HeadEvaluation;
  readonly lookup: SampleLookup | null;
  readonly data: RunData | null;
}

/** What one head mixes up, and all it says, worst first. */
export function HeadEvaluationView({ head, lookup, data }: HeadEvaluationViewProps) {
  const [cell, setCell] = useState<Cell | null>(null);
  const { confusion, perClass, regression, predictions } = head;
  const rows = cell === null ? predictions : predictions.filter((row) => inCell(row, cell));
  const numbers = confusion === null && predictions.some((row) => errorOf(row) !== null);
  return (
    <div
      className={classNames(
        'evaluation-body',
        (confusion !== null || regression !== null || numbers) && 'evaluation-classes',
      )}
    >
      {(regression !== null || numbers) && (
        <div className="evaluation-left">
          {regression !== null && (
            <section aria-label="Errors">
              <RegressionTable figures={regression} />
            </section>
          )}
          {numbers && <PredictedTrue rows={predictions} />}
        </div>
      )}
      {confusion !== null && (
        <div className="evaluation-left">
          <section aria-label="Confusion matrix">
            <h3>
              Confusion matrix <span className="confusion-hint">true classes down, predicted across</span>
            </h3>
            <ConfusionMatrix confusion={confusion} chosen={cell} onChoose={setCell} />
          </section>
          <section aria-label="By class">
            <h3>By class</h3>
            <PerClassTable rows={perClass} />
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
  );
}

function inCell(row: HeadEvaluation['predictions'][number], cell: Cell): boolean {
  return row.target === cell.actual && row.predicted === cell.predicted;
}
