import { ChartLine, History } from 'lucide-react';
import { useMemo, useRef } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { useChartSettings } from '../../stores/chartSettings.ts';
import { chartedRuns, runMetricSource, useRunMetrics } from '../../stores/runMetricSource.ts';
import { loadRuns, useRuns } from '../../stores/runsStore.ts';
import { setLayout, useSettings } from '../../stores/settingsStore.ts';
import { MetricCharts } from '../../ui/chart/index.ts';
import { Button, EmptyState, ProblemView, plural, useWidth } from '../../ui/index.ts';
import { RunsTable } from './RunsTable.tsx';
import './runs.css';

/** All runs there are, and the curves of those chosen, laid over one another. */
export function RunsPane() {
  const count = useRuns((state) => state.order.length);
  const loading = useRuns((state) => state.loading);
  const problem = useRuns((state) => state.problem);
  if (problem !== null)
    return (
      <div className="runs-problem">
        <ProblemView problem={problem} />
        <Button size="s" onClick={() => void loadRuns()}>
          Try again
        </Button>
      </div>
    );
  if (count === 0)
    return loading ? null : (
      <EmptyState icon={<History aria-hidden />} title="No runs yet">
        Every training is kept as a run: its design, settings, curves and weights. Start one with Train, and compare it
        here with the next.
      </EmptyState>
    );
  return <Runs count={count} />;
}

/** From here on there is room for the curves beside the whole table. */
const WIDE = 1240;

function Runs({ count }: { readonly count: number }) {
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const chosen = useSettings((state) => state.layout[COMPARE_KEY]);
  const comparing = typeof chosen === 'boolean' ? chosen : (width ?? 0) >= WIDE;
  return (
    <div ref={box} className="runs-pane">
      <div className="runs-columns">
        <div className="runs-list">
          <RunsTable />
        </div>
        {comparing && <Comparison />}
      </div>
      <Foot count={count} comparing={comparing} />
    </div>
  );
}

const COMPARE_KEY = 'runs.compare';

/** What the boxes do, and the way to the curves. */
function Foot({ count, comparing }: { readonly count: number; readonly comparing: boolean }) {
  const drawn = useRuns((state) => chartedRuns(state).length);
  return (
    <footer className="runs-foot">
      <span>
        {plural(count, 'run')} · {drawn} drawn in the charts
      </span>
      <Button
        size="s"
        variant="ghost"
        aria-pressed={comparing}
        icon={<ChartLine aria-hidden />}
        onClick={() => setLayout(COMPARE_KEY, !comparing)}
      >
        Compare curves
      </Button>
    </footer>
  );
}

function Comparison() {
  const runIds = useRuns(useShallow(chartedRuns));
  const metrics = useRunMetrics(runIds);
  const source = useMemo(() => runMetricSource(runIds), [runIds]);
  const { smoothing, logScale } = useChartSettings();
  if (runIds.length === 0) return null;
  return (
    <section className="runs-comparison" aria-label="Curves of the chosen runs">
      <MetricCharts
        metrics={metrics.slice(0, 1)}
        source={source}
        syncKey="runs-pane"
        smoothing={smoothing}
        logScale={logScale}
      />
    </section>
  );
}
