import type { MetricPoint } from '../../../core/runs/index.ts';
import { readMetricKey, USUAL_METRICS } from '../../../core/training/index.ts';
import { formatCount, formatPercent } from '../format.ts';

/** `valLoss` and `loss` both measure `loss`. */
export function baseMetric(name: string): string {
  const rest = /^val([A-Z].*)$/.exec(name)?.[1];
  return rest === undefined ? name : rest.charAt(0).toLowerCase() + rest.slice(1);
}

/** The validation twin of a metric: `loss` -> `valLoss`. */
export function validationMetric(name: string): string {
  return `val${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

export function isValidationMetric(name: string): boolean {
  return baseMetric(name) !== name;
}

/** As a heading, with the head where there are several: `top5Accuracy` -> `Top-5 accuracy`, `speciesLoss` -> `Species loss`. */
export function metricTitle(name: string): string {
  const base = baseMetric(name);
  const read = readMetricKey(base);
  if (read === null) return sentence(base);
  return read.head === '' ? read.title : `${sentence(read.head)} ${lowerFirst(read.title)}`;
}

/** `speciesLoss` -> `Species loss` */
function sentence(name: string): string {
  const words = name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** A title that follows another word; names such as `F1` stay as they are. */
function lowerFirst(title: string): string {
  return /^[A-Z][a-z]/.test(title) ? title.charAt(0).toLowerCase() + title.slice(1) : title;
}

/** With which split it was measured: `valLoss` -> `Validation loss`. */
export function fullMetricTitle(name: string): string {
  const title = metricTitle(name);
  return isValidationMetric(name) ? `Validation ${lowerFirst(title)}` : title;
}

/** Read as per cent. */
export function isShare(name: string): boolean {
  return readMetricKey(baseMetric(name))?.metric.share ?? false;
}

/** Set by a schedule, not measured: its curve is exact and of no part of the data. */
export function isSetting(name: string): boolean {
  return name === 'learningRate';
}

/** Says how training goes, not how well: drawn small, beside the others. */
export function isSideMetric(name: string): boolean {
  return isSetting(name) || name === 'gradientNorm';
}

/** For losses and for names of other versions less is. */
export function higherIsBetter(name: string): boolean {
  return readMetricKey(baseMetric(name))?.metric.better === 'more';
}

/** The validation metrics that every run has beside its losses, one for each head: accuracy for classes, mean absolute error for numbers. */
export function sideMetrics(values: { readonly [name: string]: number }): string[] {
  const usual: readonly unknown[] = Object.values(USUAL_METRICS);
  return Object.keys(values).filter(
    (name) => isValidationMetric(name) && usual.includes(readMetricKey(baseMetric(name))?.metric),
  );
}

/**
 * A measured value in three significant digits, zeros kept so that a live figure does not change width at every tick: `0.0640`,
 * `12.3`, `8.1e-5`.
 */
export function formatMeasure(value: number): string {
  if (Number.isNaN(value)) return 'not a number';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size < 1e-3 || size >= 1e6) return value.toExponential(1).replace('e+', 'e');
  if (size >= 1000) return formatCount(value);
  return value.toFixed(Math.max(0, 2 - Math.floor(Math.log10(size))));
}

/** A metric's value as people read it: accuracies in per cent, the rest as numbers. */
export function metricText(name: string, value: number): string {
  return isShare(name) && Number.isFinite(value) ? formatPercent(value) : formatMeasure(value);
}

/** The metrics in these points without their validation twins: loss first, then accuracy, then the rest by name. */
export function metricsIn(points: readonly MetricPoint[]): string[] {
  const names = new Set<string>();
  for (const point of points) for (const name of Object.keys(point.values)) names.add(name);
  // A head may be called `Species`: `valSpeciesLoss` is then the twin of `SpeciesLoss`, and there is no `speciesLoss`.
  const twins = new Set([...names].map(validationMetric));
  const bases = [...names].flatMap((name) => (twins.has(name) ? [] : [baseMetric(name)]));
  return sortMetrics([...new Set(bases)]);
}

/** Loss first, then accuracy, then by name. */
export function sortMetrics(names: readonly string[]): string[] {
  const rank = (name: string): number => (name === 'loss' ? 0 : name === 'accuracy' ? 1 : 2);
  return [...names].sort((a, b) => rank(a) - rank(b) || a.localeCompare(b));
}
