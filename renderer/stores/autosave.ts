import { serialiseDocument } from '../../core/document/index.ts';
import { toProblem } from '../../core/errors.ts';
import { isDirty, useDocument } from './documentStore.ts';
import { host } from './host.ts';
import { toastProblem, useUi } from './uiStore.ts';

const EVERY_MS = 1000;

/** Drops the autosave of a document that is saved or that its owner let go. */
export async function discardAutosave(key: string): Promise<void> {
  await host().call('documents.discardAutosave', { key });
}

/**
 * Writes unsaved work to the user's data folder, at most once a second, so that nothing is lost if the window or the machine goes down.
 * Also asks before the window closes with unsaved work. Call once.
 */
export function followAutosave(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failed = false;

  const write = async () => {
    timer = undefined;
    const state = useDocument.getState();
    if (useUi.getState().screen !== 'editor') return;
    try {
      if (isDirty(state))
        await host().call('documents.autosave', {
          key: state.autosaveKey,
          path: state.path,
          name: state.document.name,
          text: serialiseDocument(state.document),
          known: state.known,
        });
      else await discardAutosave(state.autosaveKey);
      failed = false;
    } catch (thrown) {
      // Tried again each second, and told once. A lost connection is what the status bar shows.
      const problem = toProblem(thrown);
      if (!failed && problem.code !== 'host-lost') toastProblem(problem);
      failed = true;
    }
    if (failed) schedule();
  };
  const schedule = () => {
    timer ??= setTimeout(() => void write(), EVERY_MS);
  };
  const stop = useDocument.subscribe((state, before) => {
    if (state.document !== before.document || state.saved !== before.saved) schedule();
  });
  const guard = (event: BeforeUnloadEvent) => {
    if (useUi.getState().screen === 'editor' && isDirty(useDocument.getState())) event.preventDefault();
  };
  window.addEventListener('beforeunload', guard);
  return () => {
    clearTimeout(timer);
    stop();
    window.removeEventListener('beforeunload', guard);
  };
}
