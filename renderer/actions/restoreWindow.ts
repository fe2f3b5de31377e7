import { unpackHistory } from '../../core/commands/index.ts';
import { toProblem } from '../../core/errors.ts';
import { parseDesign } from '../../core/graph/index.ts';
import type { RunRecord } from '../../core/runs/index.ts';
import { loadRecents, useApp } from '../stores/appStore.ts';
import { host } from '../stores/host.ts';
import { liveRun, showRun, useRuns } from '../stores/runsStore.ts';
import { goToRoom, showDockTab, toastProblem, useUi } from '../stores/uiStore.ts';
import type { WindowMemory } from '../stores/windowMemory.ts';
import { lookAtFile } from './fileConflict.ts';
import { enter, identified } from './files.ts';

interface Kept {
  readonly text: string;
  readonly path: string | null;
  readonly known: string | null;
}

/** The text as it was when the page went, else as last autosaved, else as in its file. */
async function keptText(memory: WindowMemory): Promise<Kept | null> {
  if (memory.text !== null) return { text: memory.text, path: memory.path, known: memory.known };
  if (memory.dirty) return host().call('recovery.read', { key: memory.autosaveKey });
  if (memory.path === null) return null;
  const file = await host().call('documents.open', { path: memory.path });
  return { text: file.text, path: file.path, known: file.fingerprint };
}

/** Shows again what this window showed before it was reloaded. False when that is nowhere any more; a toast says why. */
export async function restoreWindow(memory: WindowMemory): Promise<boolean> {
  try {
    const kept = await keptText(memory);
    if (kept === null) return false;
    const parsed = parseDesign(kept.text);
    if (!parsed.ok) {
      toastProblem(parsed.error);
      return false;
    }
    const { path, dirty, autosaveKey, room, dockTab } = memory;
    // Edited or never saved, it has its id in its text.
    const file = path === null || dirty || kept.known === null ? null : { path, fingerprint: kept.known };
    const document = file === null ? parsed.value.document : await identified({ ...file, parsed: parsed.value });
    // A history that does not fit the document is dropped; never the document.
    const history = unpackHistory(memory.history, document);
    enter(document, { path, saved: !dirty, autosaveKey, known: kept.known, kept: history });
    void lookAtFile();
    goToRoom(room);
    showDockTab(dockTab);
    // It is on screen: nothing to offer on the start page.
    useApp.setState((state) => ({ recoveries: state.recoveries.filter((one) => one.key !== autosaveKey) }));
    return true;
  } catch (thrown) {
    toastProblem(toProblem(thrown));
    return false;
  }
}

/** The design of a run: its file as it is now, else (never saved, moved, damaged) the copy that the run keeps. */
async function designOf(run: RunRecord) {
  if (run.documentPath !== null) {
    try {
      const file = await host().call('documents.open', { path: run.documentPath });
      const parsed = parseDesign(file.text);
      if (parsed.ok) {
        const { path, fingerprint } = file;
        const document = await identified({ path, fingerprint, parsed: parsed.value });
        return { document, path, known: fingerprint };
      }
    } catch {
      // The run's own copy is as good for watching it train.
    }
  }
  const { text } = await host().call('runs.document', { runId: run.id });
  const parsed = parseDesign(text);
  if (parsed.ok) return { document: parsed.value.document, path: null, known: null };
  toastProblem(parsed.error);
  return null;
}

/** In a fresh window: brings the person back to the run that goes on meanwhile. False when none does. */
export async function openLiveRun(): Promise<boolean> {
  const run = liveRun(useRuns.getState());
  if (run === undefined) return false;
  try {
    const design = await designOf(run);
    if (design === null || useUi.getState().screen === 'editor') return false;
    enter(design.document, { path: design.path, saved: true, known: design.known });
    goToRoom('train');
    showDockTab('training');
    await Promise.all([showRun(run.id), loadRecents()]);
    return true;
  } catch (thrown) {
    toastProblem(toProblem(thrown));
    return false;
  }
}
