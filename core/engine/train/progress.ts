import type { MetricPoint } from '../../runs/index.ts';

/** Sums of the measured values, weighted by samples. Plain numbers: part of a checkpoint. */
export interface Sums {
  samples: number;
  values: number[];
}

export function emptySums(): Sums {
  return { samples: 0, values: [] };
}

export function addTo(sums: Sums, values: ArrayLike<number>, samples: number): void {
  sums.samples += samples;
  for (let i = 0; i < values.length; i++) sums.values[i] = (sums.values[i] ?? 0) + (values[i] ?? 0) * samples;
}

/** Means by name. */
export function meansOf(sums: Sums, names: readonly string[]): Record<string, number> {
  return Object.fromEntries(names.map((name, i) => [name, (sums.values[i] ?? Number.NaN) / sums.samples]));
}

/** Without what is no finite number, which JSON does not have. */
export function finiteOnly(values: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => Number.isFinite(value)));
}

/**
 * How many steps one 'step' point covers: at most 2,000 points a run and 50 an epoch. Decided by step counts alone, never by the
 * clock, so that two runs of one design record the same points.
 */
export function pointInterval(stepsPerEpoch: number, epochs: number): number {
  return Math.max(1, Math.ceil((stepsPerEpoch * epochs) / 2000), Math.ceil(stepsPerEpoch / 50));
}

export function stepPoint(
  step: number,
  stepsPerEpoch: number,
  time: number,
  values: Record<string, number>,
): MetricPoint {
  return { kind: 'step', step, epoch: step / stepsPerEpoch, time, values };
}
