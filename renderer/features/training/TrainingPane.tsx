import { RunChanges } from '../../actions/RunChanges.tsx';
import { useShownRun } from '../../stores/shownRun.ts';
import { RunChartControls, RunCharts } from './RunCharts.tsx';
import { RunFigures } from './RunFigures.tsx';
import { RunNotice } from './RunNotice.tsx';
import { TrainingEmpty } from './TrainingEmpty.tsx';
import './training.css';

/** The dock's view of training: figures left, curves right. */
export function TrainingPane() {
  const runId = useShownRun();
  if (runId === null) return <TrainingEmpty />;
  return (
    <div className="training-pane">
      <div className="training-pane-side">
        <RunFigures runId={runId} />
        <RunNotice runId={runId} />
        <RunChanges runId={runId} />
      </div>
      <div className="training-pane-charts">
        <div className="training-pane-curves">
          <RunCharts />
        </div>
        <RunChartControls />
      </div>
    </div>
  );
}
