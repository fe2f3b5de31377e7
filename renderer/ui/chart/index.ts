export * from './chartData.ts';
export * from './LineChart.tsx';
export * from './MetricCharts.tsx';
export * from './metricLines.ts';
export * from './metricNames.ts';
export * from './smooth.ts';
