import { create } from 'zustand';
import type { DataDescription, PictureProgress } from '../../core/data/index.ts';
import type { DataSettings, DatasetSummary } from '../../core/document/index.ts';
import { type Problem, toProblem } from '../../core/errors.ts';
import { useDocument } from './documentStore.ts';
import { host } from './host.ts';

interface DataState {
  /** Of the data settings on screen; the last good one stays while a new one loads. Null: no data chosen. */
  readonly description: DataDescription | null;
  /** The settings that it describes; null where there is none. */
  readonly described: DataSettings | null;
  readonly loading: boolean;
  /** How far reading pictures is, when that takes long. */
  readonly reading: PictureProgress | null;
  /** Why the data could not be read. */
  readonly problem: Problem | null;
}

const NOTHING = { description: null, described: null, loading: false, reading: null } as const;

export const useData = create<DataState>()(() => ({ ...NOTHING, problem: null }));

/** What analysis needs of the data; stable while the description is. */
export function datasetSummary(state: DataState): DatasetSummary | null {
  return state.description?.summary ?? null;
}

const DELAY_MS = 150;
/** Of the reading under way: what is asked anew ends the one before. */
let reading = new AbortController();

async function read(): Promise<void> {
  const { document, path } = useDocument.getState();
  const mine = new AbortController();
  reading.abort();
  reading = mine;
  const isCurrent = () => reading === mine;
  if (document.data.source.kind === 'none') {
    useData.setState({ ...NOTHING, problem: null });
    return;
  }
  useData.setState({ loading: true, reading: null });
  try {
    const description = await host().call(
      'data.describe',
      { settings: document.data, documentPath: path },
      {
        signal: mine.signal,
        onProgress: (progress) => {
          if (isCurrent()) useData.setState({ reading: progress });
        },
      },
    );
    if (isCurrent())
      useData.setState({ description, described: document.data, loading: false, reading: null, problem: null });
  } catch (thrown) {
    // Figures of other data than the one asked for would mislead: drop them.
    if (!isCurrent()) return;
    const problem = toProblem(thrown);
    useData.setState({ ...NOTHING, problem: problem.code === 'cancelled' ? UNREAD : problem });
  }
}

const UNREAD: Problem = {
  code: 'reading-cancelled',
  severity: 'info',
  title: 'Not read',
  message:
    'Reading the data was cancelled, so that nothing is known of them. Read them again to look at them, or to train.',
};

/** Ends the reading under way; the data are then not read. */
export function cancelReading(): void {
  reading.abort();
}

/** Reads the data again, for example after the file on disk changed. */
export function reloadData(): Promise<void> {
  return read();
}

/** Resolves once what is known of the data fits the settings on screen. */
export function dataSettled(): Promise<void> {
  if (!useData.getState().loading) return Promise.resolve();
  return new Promise((resolve) => {
    const stop = useData.subscribe((state) => {
      if (state.loading) return;
      stop();
      resolve();
    });
  });
}

/** Describes the data whenever its settings (or the folder they are relative to) change. Call once. */
export function followData(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = useDocument.subscribe((state, before) => {
    if (state.document.data === before.document.data && state.path === before.path) return;
    const otherSource = state.document.data.source !== before.document.data.source;
    if (state.document.data.source.kind === 'none' || state.opened !== before.opened)
      useData.setState({ description: null, described: null, problem: null });
    else if (otherSource) useData.setState({ problem: null });
    useData.setState({ loading: state.document.data.source.kind !== 'none' });
    clearTimeout(timer);
    timer = setTimeout(() => void read(), DELAY_MS);
  });
  void read();
  return () => {
    clearTimeout(timer);
    stop();
  };
}
