import { byName, type SettingsOf } from '../../params/index.ts';
import { accuracy } from './accuracy.ts';
import type { AnyMetric, TargetKind } from './defineMetric.ts';
import { meanAbsoluteError } from './meanAbsoluteError.ts';
import { meanSquaredError } from './meanSquaredError.ts';
import { topKAccuracy } from './topKAccuracy.ts';

export type { AnyMetric, KerasHead, Measured, TargetKind } from './defineMetric.ts';

/** Every metric that can be chosen for a head, in the order in which lists show them. */
export const METRICS = byName(topKAccuracy, meanSquaredError);

/** Measured of every head that they fit, without being chosen. */
export const USUAL_METRICS = byName(accuracy, meanAbsoluteError);

const ALL = { ...USUAL_METRICS, ...METRICS };

export type MetricName = keyof typeof ALL;

/** The settings of one metric, or of any: its name and its parameters. */
export type MetricSettings = SettingsOf<(typeof ALL)[MetricName]>;

/** The metric that these settings are of. */
export function metricOf(settings: MetricSettings): AnyMetric {
  return ALL[settings.name];
}

/** What is measured of every head beside its loss: the share of right answers for classes, the mean distance for numbers. */
export function usualMetric(kind: TargetKind): MetricSettings {
  return { name: kind === 'numbers' ? 'meanAbsoluteError' : 'accuracy' };
}

/** Everything that is measured of a head: the usual metric, and those chosen, each once. */
export function metricsOf(kind: TargetKind, chosen: readonly MetricSettings[]): readonly MetricSettings[] {
  const all = new Map<string, MetricSettings>();
  for (const settings of [usualMetric(kind), ...chosen]) {
    const key = metricOf(settings).key(settings);
    if (!all.has(key)) all.set(key, settings);
  }
  return [...all.values()];
}
