import { useMemo } from 'react';
import { Switch } from '../Switch.tsx';
import type { ChartData, ChartSource } from './chartData.ts';
import { LineChart } from './LineChart.tsx';
import { isSetting, isShare, isSideMetric, metricText, metricTitle } from './metricNames.ts';
import { SmoothingSlider } from './SmoothingSlider.tsx';

/** What a group of charts reads: the same runs, one metric a chart. */
export interface MetricSource {
  read(metric: string, smoothing: number): ChartData;
  subscribe(listener: () => void): () => void;
}

export interface ChartSettings {
  /** 0 to below 1: how much of the past each point of the training line keeps. */
  readonly smoothing: number;
  /** Losses on a logarithmic axis. Shares such as accuracy stay linear. */
  readonly logScale: boolean;
}

export interface MetricChartsProps extends ChartSettings {
  /** Metrics to draw, each in a chart of its own. */
  readonly metrics: readonly string[];
  readonly source: MetricSource;
  /** Charts of one key share their cursor. */
  readonly syncKey: string;
}

/** Charts side by side with one cursor for all; the learning rate and the like are small ones at the edge. */
export function MetricCharts({ metrics, source, syncKey, smoothing, logScale }: MetricChartsProps) {
  const draw = (metric: string) => (
    <MetricChart
      key={metric}
      metric={metric}
      source={source}
      smoothing={isSetting(metric) ? 0 : smoothing}
      logScale={logScale && !isShare(metric)}
      syncKey={syncKey}
    />
  );
  const side = metrics.filter(isSideMetric);
  return (
    <div className="metric-charts-room">
      <div className="metric-charts">{metrics.filter((metric) => !isSideMetric(metric)).map(draw)}</div>
      {side.length > 0 && <div className="metric-charts metric-charts-side">{side.map(draw)}</div>}
    </div>
  );
}

interface MetricChartProps extends ChartSettings {
  readonly metric: string;
  readonly source: MetricSource;
  readonly syncKey: string;
}

function MetricChart({ metric, source, smoothing, logScale, syncKey }: MetricChartProps) {
  const chartSource = useMemo<ChartSource>(
    () => ({ read: () => source.read(metric, smoothing), subscribe: (listener) => source.subscribe(listener) }),
    [source, metric, smoothing],
  );
  const format = useMemo(() => (value: number) => metricText(metric, value), [metric]);
  return (
    <LineChart
      title={metricTitle(metric)}
      source={chartSource}
      format={format}
      syncKey={syncKey}
      logScale={logScale}
      share={isShare(metric)}
    />
  );
}

export interface ChartControlsProps extends ChartSettings {
  readonly onChange: (settings: ChartSettings) => void;
}

/** Smoothing and scale, for all charts on screen. */
export function ChartControls({ smoothing, logScale, onChange }: ChartControlsProps) {
  return (
    <div className="chart-controls">
      <SmoothingSlider value={smoothing} onChange={(next) => onChange({ smoothing: next, logScale })} />
      <span className="chart-control">
        <span aria-hidden="true">Log scale</span>
        <Switch
          label="Logarithmic loss axis"
          checked={logScale}
          onChange={(next) => onChange({ smoothing, logScale: next })}
        />
      </span>
    </div>
  );
}
