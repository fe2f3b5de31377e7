import { create } from 'zustand';
import {
  applyCommand,
  emptyHistory,
  type History,
  type HistoryEntry,
  record,
  recordExchange,
  redo,
  type SavedMark,
  undo,
} from '../../core/commands/index.ts';
import {
  emptyDocument,
  type Graph,
  type LoomDocument,
  newDocumentId,
  withDocumentId,
} from '../../core/document/index.ts';
import { type Edit, inGraph } from '../../core/edits.ts';
import { ok, type Problem, type Result } from '../../core/errors.ts';
import { type Graphs, graphOf, type Place, type UseStep } from '../../core/graph/index.ts';
import { toastProblem } from './uiStore.ts';

interface DocumentState {
  readonly document: LoomDocument;
  /** Id of the graph on screen. */
  readonly graphId: string;
  /** The uses of blocks that one came to it through, outermost first; empty for the main graph, and for a block come to by itself. */
  readonly uses: readonly UseStep[];
  readonly history: History;
  /** Where it is saved, or null when it never was. */
  readonly path: string | null;
  /** Last entry of the history when it was saved or opened (null: before the first); `never` while it is in no file. */
  readonly saved: SavedMark;
  readonly savedAt: Date | null;
  /** Fingerprint of its file when it was opened or saved here last: what the edits are made to. Null while it is in no file. */
  readonly known: string | null;
  /** Fingerprint of its file as last heard of from the host; null when there is none. */
  readonly onDisk: string | null;
  /** Counts documents opened in this window; changes when another document takes the screen. */
  readonly opened: number;
  /** Name of this document's autosave in the user's data folder. */
  readonly autosaveKey: string;
}

function newKey(): string {
  return `doc-${crypto.randomUUID()}`;
}

const blank = withDocumentId(emptyDocument(), newDocumentId());

export const useDocument = create<DocumentState>()(() => ({
  document: blank,
  graphId: blank.root,
  uses: [],
  history: emptyHistory,
  path: null,
  saved: null,
  savedAt: null,
  known: null,
  onDisk: null,
  opened: 0,
  autosaveKey: newKey(),
}));

/** Whether there are changes that are not in its file. Undoing back to what was saved makes it clean again. */
export function isDirty(state: Pick<DocumentState, 'history' | 'saved'>): boolean {
  return (state.history.past.at(-1) ?? null) !== state.saved;
}

const shownGraph = ({ document, graphId }: DocumentState): Graph => graphOf(document, graphId);

/** Where in the network the graph on screen stands. */
export function currentPlace({ graphId, uses } = useDocument.getState()): Place {
  return { graph: graphId, uses };
}

/** Something of the graph on screen. */
export function useGraph<T>(choose: (graph: Graph) => T): T {
  return useDocument((state) => choose(shownGraph(state)));
}

/** The graph on screen, for code that runs outside React. */
export function currentGraph(): Graph {
  return shownGraph(useDocument.getState());
}

/** All graphs of the document: what uses of blocks name. */
export const currentGraphs = (): Graphs => useDocument.getState().document.graphs;

/**
 * Applies one command to the document on screen. A refusal is shown as a toast and returned; nothing changes then. Calls with the same
 * `gesture` become one entry of the history (a slider being dragged, a name being typed).
 */
export function dispatch(edit: Edit, gesture?: string): Result<{ readonly created: readonly string[] }> {
  const { document, history } = useDocument.getState();
  const applied = applyCommand(document, edit);
  if (!applied.ok) {
    toastProblem(applied.error);
    return applied;
  }
  if (applied.value.document !== document)
    useDocument.setState({ document: applied.value.document, history: record(history, applied.value, gesture) });
  return ok({ created: applied.value.created });
}

/** Applies without a toast: for callers that show the refusal beside the control. */
export function tryDispatch(edit: Edit, gesture?: string): Problem | null {
  const { document, history } = useDocument.getState();
  const applied = applyCommand(document, edit);
  if (!applied.ok) return applied.error;
  if (applied.value.document !== document)
    useDocument.setState({ document: applied.value.document, history: record(history, applied.value, gesture) });
  return null;
}

/** `dispatch` of an edit in the graph on screen: what canvas, inspector and keys speak of. */
export function dispatchHere(edit: Edit, gesture?: string): ReturnType<typeof dispatch> {
  return dispatch(inGraph(edit, currentGraph().id), gesture);
}

/** `tryDispatch` of an edit in the graph on screen. */
export function tryDispatchHere(edit: Edit, gesture?: string): Problem | null {
  return tryDispatch(inGraph(edit, currentGraph().id), gesture);
}

/** Takes back the last edit. Returns the entry that was undone; null where there is none. */
export function undoOnce(): HistoryEntry | null {
  const { document, history } = useDocument.getState();
  const stepped = undo(document, history);
  if (stepped === null) return null;
  useDocument.setState({ document: stepped.document, history: stepped.history });
  return history.past.at(-1) ?? null;
}

/** Does again what was undone last. Returns the entry; null where there is none. */
export function redoOnce(): HistoryEntry | null {
  const { document, history } = useDocument.getState();
  const stepped = redo(document, history);
  if (stepped === null) return null;
  useDocument.setState({ document: stepped.document, history: stepped.history });
  return history.future.at(-1) ?? null;
}

export interface ShowOptions {
  readonly path: string | null;
  /** False for templates and recovered work, which exist nowhere on disk yet. */
  readonly saved: boolean;
  readonly autosaveKey?: string;
  /** Fingerprint of the file it was read from. */
  readonly known?: string | null;
  /** What could be undone when the window was reloaded. */
  readonly kept?: { readonly history: History; readonly saved: SavedMark } | null;
}

/** Puts another document on screen, with a history of its own. */
export function showDocument(document: LoomDocument, options: ShowOptions): void {
  useDocument.setState((state) => ({
    document: withDocumentId(document, document.id ?? newDocumentId()),
    graphId: document.root,
    uses: [],
    history: options.kept?.history ?? emptyHistory,
    path: options.path,
    saved: options.kept ? options.kept.saved : options.saved ? null : 'never',
    savedAt: null,
    known: options.known ?? null,
    onDisk: options.known ?? null,
    opened: state.opened + 1,
    autosaveKey: options.autosaveKey ?? newKey(),
  }));
}

/** The history's last entry now: what `markSaved` takes once the file is written. */
export function historyMark(): HistoryEntry | null {
  return useDocument.getState().history.past.at(-1) ?? null;
}

/** Notes that the document as it was at `mark` is in the file. Edits made while it was being written leave it changed. */
export function markSaved(mark: HistoryEntry | null, path: string, fingerprint: string): void {
  useDocument.setState({ saved: mark, path, savedAt: new Date(), known: fingerprint, onDisk: fingerprint });
}

/** How the file stands to what was opened or saved here: the same, written by another window or program, or gone. */
export function fileState(state: Pick<DocumentState, 'path' | 'known' | 'onDisk'>): 'same' | 'changed' | 'removed' {
  if (state.path === null || state.onDisk === state.known) return 'same';
  return state.onDisk === null ? 'removed' : 'changed';
}

/** Notes what the host says a file holds now; of other files than the one on screen it is no news. */
export function noteOnDisk(path: string, fingerprint: string | null): void {
  if (useDocument.getState().path === path) useDocument.setState({ onDisk: fingerprint });
}

/** Takes over what the file holds, as an edit that can be undone. */
export function takeFromDisk(theirs: LoomDocument, fingerprint: string): void {
  useDocument.setState(({ document, history }) => {
    const taken = withDocumentId(theirs, theirs.id ?? document.id ?? newDocumentId());
    const next = recordExchange(history, document, taken, 'Take over the file');
    return {
      document: taken,
      history: next,
      saved: next.past.at(-1) ?? null,
      known: fingerprint,
      onDisk: fingerprint,
    };
  });
}

/** The document on screen is another one from now on: a copy, which is saved beside its original. No edit: there is nothing to undo. */
export function renumberDocument(id: string): void {
  useDocument.setState(({ document }) => ({ document: withDocumentId(document, id) }));
}

/** Puts the design that a run trained in place of the one on screen, as an edit that can be undone. */
export function restoreDesign(design: LoomDocument, runName: string): void {
  useDocument.setState(({ document, history }) => {
    const { id, name } = document;
    const next: LoomDocument = { ...design, name, ...(id === undefined ? {} : { id }) };
    return { document: next, history: recordExchange(history, document, next, `Restore the design of “${runName}”`) };
  });
}
