import { useMemo } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { useChartSettings } from '../../stores/chartSettings.ts';
import { chartedRuns, runMetricSource, useRunMetrics } from '../../stores/runMetricSource.ts';
import { useRuns } from '../../stores/runsStore.ts';
import { ChartControls, MetricCharts } from '../../ui/chart/index.ts';

/** Curves of the active run and of those laid over it. */
export function RunCharts() {
  const runIds = useRuns(useShallow(chartedRuns));
  const metrics = useRunMetrics(runIds);
  const source = useMemo(() => runMetricSource(runIds), [runIds]);
  const { smoothing, logScale } = useChartSettings();
  return <MetricCharts metrics={metrics} source={source} syncKey="runs" smoothing={smoothing} logScale={logScale} />;
}

export function RunChartControls() {
  return <ChartControls {...useChartSettings()} />;
}
