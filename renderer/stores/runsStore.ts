import { create } from 'zustand';
import type { LoomDocument } from '../../core/document/index.ts';
import { type Problem, toProblem } from '../../core/errors.ts';
import { isActiveHere, type MetricPoint, mergePoints, type RunRecord } from '../../core/runs/index.ts';
import { useDocument } from './documentStore.ts';
import { installTensorflow, useEngine } from './engineStore.ts';
import { host } from './host.ts';
import { showDevices, toast, toastProblem } from './uiStore.ts';

interface RunsState {
  /** By id. */
  readonly records: { readonly [runId: string]: RunRecord };
  /** Ids, newest first. */
  readonly order: readonly string[];
  /** Metric points by run, as far as they have been loaded or have arrived. */
  readonly points: { readonly [runId: string]: readonly MetricPoint[] };
  /** The run the Training pane shows: the one in progress, else the last looked at. */
  readonly activeId: string | null;
  /** Runs drawn over one another in the charts, besides the active one. */
  readonly overlay: readonly string[];
  readonly loading: boolean;
  readonly problem: Problem | null;
  /** From the click on Train until the host has answered. */
  readonly starting: boolean;
}

export const useRuns = create<RunsState>()(() => ({
  records: {},
  order: [],
  points: {},
  activeId: null,
  overlay: [],
  loading: false,
  problem: null,
  starting: false,
}));

/** Whether there is such a run and it is in progress or paused here. */
export function isLive(record: RunRecord | undefined): boolean {
  return record !== undefined && isActiveHere(record);
}

/** The run in progress or paused, if there is one. */
export function liveRun(state: Pick<RunsState, 'records' | 'order'>): RunRecord | undefined {
  return state.order.map((id) => state.records[id]).find((record) => isLive(record));
}

/** Whether a run says that it is one of this document. Those of older versions say nothing (ownRuns.ts). */
export function isOfDocument(record: RunRecord, document: LoomDocument): boolean {
  return record.documentId !== undefined && record.documentId === document.id;
}

/** The run in progress or paused that trains this document; that of another window's design is not its to stop. */
export function ownLiveRun(
  state: Pick<RunsState, 'records' | 'order'>,
  document: LoomDocument = useDocument.getState().document,
): RunRecord | undefined {
  const live = liveRun(state);
  return live !== undefined && isOfDocument(live, document) ? live : undefined;
}

function sortIds(records: { readonly [runId: string]: RunRecord }): readonly string[] {
  return Object.values(records)
    .sort((a, b) => b.createdAt.localeCompare(a.createdAt))
    .map((record) => record.id);
}

export async function loadRuns(): Promise<void> {
  useRuns.setState({ loading: true });
  try {
    const list = await host().call('runs.list', {});
    const records = Object.fromEntries(list.map((record) => [record.id, record]));
    useRuns.setState({ records, order: sortIds(records), loading: false, problem: null });
    const live = liveRun(useRuns.getState());
    // What came while the connection was down never arrived here: curves on screen are read anew.
    wholeCurves.clear();
    // Training goes on without a window: when the window comes back, its curves do too.
    if (live !== undefined && isOfDocument(live, useDocument.getState().document))
      useRuns.setState({ activeId: live.id });
    const { activeId, overlay } = useRuns.getState();
    const shown = activeId === null ? overlay : [activeId, ...overlay];
    await Promise.all(shown.filter((id) => records[id] !== undefined).map(loadPoints));
  } catch (thrown) {
    useRuns.setState({ loading: false, problem: toProblem(thrown) });
  }
}

const loadingPoints = new Set<string>();
/** Runs whose curve is in `points` from its beginning; others may hold only what arrived as events. */
const wholeCurves = new Set<string>();

/** Makes sure the run's whole curve is in `points`. */
export async function loadPoints(runId: string): Promise<void> {
  if (loadingPoints.has(runId)) return;
  loadingPoints.add(runId);
  try {
    const loaded = await host().call('runs.metrics', { runId });
    useRuns.setState((state) => ({
      points: { ...state.points, [runId]: mergePoints(loaded, state.points[runId] ?? []) },
    }));
    wholeCurves.add(runId);
  } catch (thrown) {
    toastProblem(toProblem(thrown));
  } finally {
    loadingPoints.delete(runId);
  }
}

/** Shows a run in the Training pane. */
export async function showRun(runId: string): Promise<void> {
  useRuns.setState({ activeId: runId });
  if (!wholeCurves.has(runId)) await loadPoints(runId);
}

export function toggleOverlay(runId: string): void {
  const { overlay } = useRuns.getState();
  useRuns.setState({ overlay: overlay.includes(runId) ? overlay.filter((id) => id !== runId) : [...overlay, runId] });
  if (!wholeCurves.has(runId)) void loadPoints(runId);
}

/** Starts training the document on screen. Returns the new run's id, or null when it was refused (a toast says why). */
export async function startTraining(): Promise<string | null> {
  if (useRuns.getState().starting) return null;
  const { document, path } = useDocument.getState();
  useRuns.setState({ starting: true });
  try {
    const { runId } = await host().call('train.start', { document, documentPath: path });
    wholeCurves.add(runId);
    useRuns.setState((state) => ({ activeId: runId, points: { ...state.points, [runId]: state.points[runId] ?? [] } }));
    return runId;
  } catch (thrown) {
    const problem = toProblem(thrown);
    if (problem.code === 'backend-unavailable') toastNoBackend(problem);
    else toastProblem(problem);
    return null;
  } finally {
    useRuns.setState({ starting: false });
  }
}

/** The engine asked for cannot be had: besides the fixes of the design, a way to get it. */
function toastNoBackend({ title, message, fixes = [], facts }: Problem): void {
  const asked = useEngine.getState().backends.find((one) => one.name === facts?.requested);
  const action =
    asked?.installs === undefined
      ? { label: 'Show the devices', perform: showDevices }
      : {
          label: 'Install TensorFlow',
          perform: () => {
            showDevices();
            void installTensorflow();
          },
        };
  toast({ tone: 'error', title, message, fixes, action });
}

async function attempt(work: Promise<unknown>): Promise<boolean> {
  try {
    await work;
    return true;
  } catch (thrown) {
    toastProblem(toProblem(thrown));
    return false;
  }
}

export const pauseTraining = (runId: string) => attempt(host().call('train.pause', { runId }));
export const resumeTraining = (runId: string) => attempt(host().call('train.resume', { runId }));
export const stopTraining = (runId: string) => attempt(host().call('train.stop', { runId }));
export const renameRun = (runId: string, name: string) => attempt(host().call('runs.rename', { runId, name }));

export async function deleteRun(runId: string): Promise<boolean> {
  const done = await attempt(host().call('runs.delete', { runId }));
  if (done) forgetRun(runId);
  return done;
}

function forgetRun(runId: string): void {
  useRuns.setState((state) => {
    const { [runId]: _gone, ...records } = state.records;
    const { [runId]: _points, ...points } = state.points;
    return {
      records,
      points,
      order: state.order.filter((id) => id !== runId),
      overlay: state.overlay.filter((id) => id !== runId),
      activeId: state.activeId === runId ? null : state.activeId,
    };
  });
}

/** Keeps the store in step with the host. Call once. */
export function followRuns(): () => void {
  // Another design's curves would pass for those of the design on screen.
  const stopDocument = useDocument.subscribe((state, before) => {
    if (state.opened === before.opened) return;
    const live = liveRun(useRuns.getState());
    const own = live !== undefined && isOfDocument(live, state.document);
    useRuns.setState({ activeId: own ? live.id : null, overlay: [] });
  });
  const stopEvents = host().onEvent((event) => {
    if (event.type === 'run') {
      const { record } = event;
      useRuns.setState((state) => {
        const records = { ...state.records, [record.id]: record };
        const before = state.records[record.id];
        const order = before === undefined ? sortIds(records) : state.order;
        // A run that goes on from a checkpoint measures anew what came after it.
        const again = before?.status === 'starting' && record.status === 'running';
        const kept = again ? state.points[record.id]?.filter((point) => point.step <= record.step) : undefined;
        const points = kept === undefined ? state.points : { ...state.points, [record.id]: kept };
        const own = isOfDocument(record, useDocument.getState().document);
        return { records, order, points, activeId: state.activeId ?? (own ? record.id : null) };
      });
      if (record.problem !== null && record.status === 'failed')
        toast({ tone: 'error', title: record.problem.title, message: record.problem.message });
    }
    if (event.type === 'metrics')
      useRuns.setState((state) => ({
        points: { ...state.points, [event.runId]: [...(state.points[event.runId] ?? []), ...event.points] },
      }));
    if (event.type === 'runDeleted') forgetRun(event.runId);
    if (event.type === 'engineDied') {
      const { runId } = event;
      toast({
        tone: 'error',
        title: 'The engine stopped',
        message: event.message,
        action:
          runId === null
            ? null
            : { label: 'Resume from the last checkpoint', perform: () => void resumeTraining(runId) },
      });
    }
  });
  return () => {
    stopDocument();
    stopEvents();
  };
}
