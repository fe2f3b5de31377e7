import { useMemo, useState } from 'react';
import { Switch } from '../Switch.tsx';
import type { ChartData, ChartSource } from './chartData.ts';
import { LineChart } from './LineChart.tsx';
import { isShare, metricText, metricTitle } from './metricNames.ts';
import { SmoothingSlider } from './SmoothingSlider.tsx';

/** What a group of charts reads: the same runs, one metric a chart. */
export interface MetricSource {
  read(metric: string, smoothing: number): ChartData;
  subscribe(listener: () => void): () => void;
}

export interface MetricChartsProps {
  /** Metrics to draw, each in a chart of its own. */
  readonly metrics: readonly string[];
  readonly source: MetricSource;
  /** Charts of one key share their cursor. */
  readonly syncKey: string;
}

/** Charts side by side with one smoothing, one scale of the loss axis and one cursor for all. */
export function MetricCharts({ metrics, source, syncKey }: MetricChartsProps) {
  const [smoothing, setSmoothing] = useState(0.6);
  const [logScale, setLogScale] = useState(false);
  return (
    <div className="metric-charts">
      <div className="metric-charts-grid">
        {metrics.map((metric) => (
          <MetricChart
            key={metric}
            metric={metric}
            source={source}
            smoothing={smoothing}
            logScale={logScale && !isShare(metric)}
            syncKey={syncKey}
          />
        ))}
      </div>
      <div className="metric-charts-settings">
        <SmoothingSlider value={smoothing} onChange={setSmoothing} />
        <span className="metric-charts-setting">
          <span aria-hidden="true">Log scale</span>
          <Switch label="Logarithmic loss axis" checked={logScale} onChange={setLogScale} />
        </span>
      </div>
    </div>
  );
}

interface MetricChartProps {
  readonly metric: string;
  readonly source: MetricSource;
  readonly smoothing: number;
  readonly logScale: boolean;
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
