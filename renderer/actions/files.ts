import {
  emptyDocument,
  type LoomDocument,
  type ParsedDocument,
  serialiseDocument,
  withDocumentId,
} from '../../core/document/index.ts';
import { toProblem } from '../../core/errors.ts';
import { parseDesign } from '../../core/graph/index.ts';
import { loadRecents, loadRecoveries, useApp } from '../stores/appStore.ts';
import { discardAutosave } from '../stores/autosave.ts';
import {
  historyMark,
  isDirty,
  markSaved,
  noteOnDisk,
  renumberDocument,
  type ShowOptions,
  showDocument,
  takeFromDisk,
  useDocument,
} from '../stores/documentStore.ts';
import { host } from '../stores/host.ts';
import { clearSelection } from '../stores/selectionStore.ts';
import { askConflict, confirm, goToRoom, toast, toastProblem, useUi } from '../stores/uiStore.ts';
import { chooseFile } from './fileChoice.ts';
import { lookAtFile, readConflict } from './fileConflict.ts';
import { fileName } from './filePaths.ts';

/** Runs a step that may fail in a way a person must hear of. */
async function attempt<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (thrown) {
    toastProblem(toProblem(thrown));
    return null;
  }
}

/** Asks what to do with unsaved work. True when it is safe to go on. */
async function settleUnsaved(): Promise<boolean> {
  const state = useDocument.getState();
  if (useUi.getState().screen !== 'editor' || !isDirty(state)) return true;
  const answer = await confirm({
    title: `Save the changes to “${state.document.name}”?`,
    message: 'They are not in a file yet.',
    confirmLabel: 'Save',
    alternative: 'Do not save',
    danger: false,
  });
  if (answer === 'cancel') return false;
  if (answer === 'confirm') return saveDocument();
  await attempt(() => discardAutosave(state.autosaveKey));
  return true;
}

/** Puts a document on screen in the Design room, nothing selected. */
export function enter(document: LoomDocument, options: ShowOptions): void {
  clearSelection();
  showDocument(document, options);
  useUi.setState({ screen: 'editor' });
  goToRoom('design');
}

export async function newDocument(): Promise<void> {
  if (await settleUnsaved()) enter(emptyDocument(), { path: null, saved: true });
}

/** Opens a document that is in no file, such as a template. Nothing is lost with it until it is edited. */
export async function openUnsaved(document: LoomDocument): Promise<void> {
  if (await settleUnsaved()) enter(document, { path: null, saved: true });
}

/** A file that holds a design. */
export interface Design {
  readonly path: string;
  readonly parsed: ParsedDocument;
  readonly fingerprint: string;
}

/** Reads a file whole and checks it. Null, with a message on screen, when it is no design. */
async function readDesign(path: string): Promise<Design | null> {
  const file = await host().call('documents.open', { path });
  const parsed = parseDesign(file.text);
  if (parsed.ok) return { path: file.path, parsed: parsed.value, fingerprint: file.fingerprint };
  toastProblem(parsed.error);
  return null;
}

/** The document of a file with its id: a copy of another file gets its own, and so does a file of a version that kept none. */
export async function identified({ path, parsed, fingerprint }: Design): Promise<LoomDocument> {
  const { document } = parsed;
  const { id } = await host().call('documents.identify', { path, id: document.id ?? null, fingerprint });
  return withDocumentId(document, id);
}

export async function openPath(path: string): Promise<void> {
  await attempt(async () => {
    let design = await readDesign(path);
    // Only now: a file that cannot be opened is no reason to give up what is on screen.
    if (design === null || !(await settleUnsaved())) return;
    // Saving may have written this very file.
    if (design.path === useDocument.getState().path) design = await readDesign(path);
    if (design === null) return;
    enter(await identified(design), { path: design.path, saved: true, known: design.fingerprint });
    for (const problem of design.parsed.problems) toastProblem(problem);
    await loadRecents();
  });
}

export async function openDocument(): Promise<void> {
  const chosen = await attempt(() => chooseFile('design.open'));
  if (chosen !== null) await openPath(chosen.path);
}

/** Saves and, where the file holds something else than expected, asks what becomes of it. True when the design is safe. */
async function saveTo(path: string, replace = false): Promise<boolean> {
  const state = useDocument.getState();
  return writeTo(path, path === state.path ? state.known : null, replace && path !== state.path);
}

async function writeTo(path: string, known: string | null, replace: boolean): Promise<boolean> {
  const own = useDocument.getState().document.id ?? null;
  try {
    // Saved beside its original it is a copy, and its runs are its own.
    renumberDocument((await host().call('documents.identify', { path, id: own, fingerprint: null })).id);
    const { document, autosaveKey } = useDocument.getState();
    const mark = historyMark();
    const saved = await host().call('documents.save', { path, text: serialiseDocument(document), known, replace });
    markSaved(mark, saved.path, saved.fingerprint);
    // Whole on the disk by now. What was edited meanwhile is only in the autosave, which then stays.
    if (!isDirty(useDocument.getState())) await attempt(() => discardAutosave(autosaveKey));
    await attempt(loadRecents);
    return true;
  } catch (thrown) {
    // Not saved: it is still what it was.
    if (own !== null) renumberDocument(own);
    const problem = toProblem(thrown);
    const there = problem.facts?.fingerprint;
    if (problem.code === 'document-changed' && typeof there === 'string') {
      noteOnDisk(path, there);
      return settleConflict();
    }
    if (problem.code === 'document-exists') return (await askToReplace(path)) && writeTo(path, null, true);
    toastProblem(problem);
    return false;
  }
}

async function askToReplace(path: string): Promise<boolean> {
  const answer = await confirm({
    title: `Replace “${fileName(path)}”?`,
    message: `${path} is there already. Saving replaces what is in it.`,
    confirmLabel: 'Replace',
    danger: true,
  });
  return answer === 'confirm';
}

/** The file was changed by another: shows both versions and does what the person decides. True when the design is safe. */
export async function settleConflict(): Promise<boolean> {
  const conflict = await readConflict().catch((thrown) => {
    toastProblem(toProblem(thrown));
    return null;
  });
  if (conflict === null) return false;
  const answer = await askConflict(conflict);
  if (answer === 'keep') return writeTo(conflict.path, conflict.fingerprint, false);
  if (answer === 'copy') return saveDocumentAs(true);
  if (answer === 'cancel' || conflict.theirs === null) return false;
  takeFromDisk(conflict.theirs, conflict.fingerprint);
  await attempt(() => discardAutosave(useDocument.getState().autosaveKey));
  return true;
}

/** File name a document's name suggests. */
export function suggestFileName(name: string): string {
  // Characters Windows, macOS or Linux refuse in file names.
  const safe = name.replace(/[\\/:*?"<>|\p{Cc}]+/gu, '-').trim();
  return `${safe === '' ? 'Untitled' : safe}.loom`;
}

/** Asks where to save. `copy`: beside what is there, so that a name of its own is proposed. */
export async function saveDocumentAs(copy = false): Promise<boolean> {
  const { path, document } = useDocument.getState();
  const own = path === null ? suggestFileName(document.name) : fileName(path);
  const defaultName = copy ? own.replace(/(\.loom)?$/i, ' copy.loom') : own;
  const target = await attempt(() => chooseFile('design.save', { name: defaultName }));
  return target !== null && saveTo(target.path, target.asked);
}

/** Saves where it was opened or saved last; asks where the first time. True when it is on disk. */
export async function saveDocument(): Promise<boolean> {
  const { path } = useDocument.getState();
  return path === null ? saveDocumentAs() : saveTo(path);
}

/** Back to the start page. */
export async function closeDocument(): Promise<void> {
  if (!(await settleUnsaved())) return;
  clearSelection();
  showDocument(emptyDocument(), { path: null, saved: true });
  useUi.setState({ screen: 'start' });
  await attempt(() => Promise.all([loadRecents(), loadRecoveries()]));
}

/** Brings unsaved work of an earlier window back. */
export async function recover(key: string): Promise<void> {
  if (!(await settleUnsaved())) return;
  await attempt(async () => {
    const kept = await host().call('recovery.read', { key });
    const parsed = parseDesign(kept.text);
    if (!parsed.ok) {
      toastProblem(parsed.error);
      return;
    }
    enter(parsed.value.document, { path: kept.path, saved: false, autosaveKey: key, known: kept.known });
    void lookAtFile();
    useApp.setState((state) => ({ recoveries: state.recoveries.filter((one) => one.key !== key) }));
    toast({
      tone: 'good',
      title: 'Recovered',
      message: `“${parsed.value.document.name}” is back. Save it to keep it.`,
    });
  });
}

export async function discardRecovery(key: string): Promise<void> {
  await attempt(async () => {
    await discardAutosave(key);
    await loadRecoveries();
  });
}
