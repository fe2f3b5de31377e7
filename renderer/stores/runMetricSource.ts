import type { MetricPoint, RunRecord } from '../../core/runs/index.ts';
import {
  baseMetric,
  type ChartData,
  type MetricSource,
  metricLines,
  metricsIn,
  overlaidRun,
  RUN_COLORS,
  SINGLE_RUN,
  sortMetrics,
} from '../ui/chart/index.ts';
import { isLive, useRuns } from './runsStore.ts';

type RunsState = ReturnType<typeof useRuns.getState>;

/** Runs the charts show: the active one first, then those laid over it. */
export function chartedRuns(state: Pick<RunsState, 'activeId' | 'overlay' | 'records'>): readonly string[] {
  const ids = state.activeId === null ? state.overlay : [state.activeId, ...state.overlay];
  return [...new Set(ids)].filter((id) => state.records[id] !== undefined);
}

/** Colour of a run in the charts: a CSS custom property, or null when it is not drawn. */
export function runColor(charted: readonly string[], runId: string): string | null {
  const index = charted.indexOf(runId);
  if (index < 0) return null;
  return charted.length === 1 ? '--train' : (RUN_COLORS[index % RUN_COLORS.length] ?? null);
}

/** Curves of these runs, straight from the store. */
export function runMetricSource(runIds: readonly string[]): MetricSource {
  return {
    read: (metric, smoothing) => readRuns(runIds, metric, smoothing),
    subscribe: (listener) =>
      useRuns.subscribe((state, before) => {
        const changed = (id: string) =>
          state.points[id] !== before.points[id] || state.records[id] !== before.records[id];
        if (runIds.some(changed)) listener();
      }),
  };
}

function readRuns(runIds: readonly string[], metric: string, smoothing: number): ChartData {
  const { points, records } = useRuns.getState();
  const alone = runIds.length === 1;
  const xMax = Math.max(1, ...runIds.map((id) => axisEnd(records[id], points[id] ?? [])));
  const lines = runIds.flatMap((id, i) =>
    metricLines(id, points[id] ?? [], metric, smoothing, alone ? SINGLE_RUN : overlaidRun(records[id]?.name ?? id, i)),
  );
  const best = alone && runIds[0] !== undefined ? records[runIds[0]]?.best : null;
  return {
    lines,
    xMax,
    marks: best && best.epoch > 0 ? [{ x: best.epoch, label: `best ${best.epoch}` }] : [],
  };
}

/**
 * Where the x axis ends. A run that ended ends where it did; one under way has room to the next round number of epochs, so that the
 * axis moves rarely and the curve is never a stub at its left.
 */
export function axisEnd(record: RunRecord | undefined, points: readonly MetricPoint[]): number {
  if (record === undefined) return 1;
  if (!isLive(record)) return record.epoch;
  const reached = Math.max(5, Math.max(record.epoch, points[points.length - 1]?.epoch ?? 0) * 1.1);
  const decade = 10 ** Math.floor(Math.log10(reached));
  const round = [1, 2, 5, 10].map((n) => n * decade).find((end) => end >= reached) ?? record.epochs;
  return Math.min(record.epochs, round);
}

/** Names of the metrics these runs have, loss first; what they will have before the first point has arrived. */
export function useRunMetrics(runIds: readonly string[]): readonly string[] {
  const names = useRuns((state) => {
    const found = new Set<string>(['loss']);
    for (const id of runIds) {
      for (const name of metricsIn(state.points[id]?.slice(-40) ?? [])) found.add(name);
      for (const name of Object.keys(state.records[id]?.metrics ?? {})) found.add(baseMetric(name));
    }
    return sortMetrics([...found]).join('\n');
  });
  return names.split('\n');
}
