import { isDirty, useDocument } from '../stores/documentStore.ts';
import { useUi } from '../stores/uiStore.ts';
import { fileName } from './filePaths.ts';

/** What the window is called, in its frame, its tab and the list of windows: the file, with a mark while it is not saved. */
export function windowTitle(name: string, path: string | null, dirty: boolean): string {
  return `${dirty ? '• ' : ''}${path === null ? name : fileName(path)} – Layerloom`;
}

/** Keeps the window's title up to date. Call once. */
export function followTitle(): void {
  const update = () => {
    const state = useDocument.getState();
    const shown = useUi.getState().screen === 'editor';
    const title = shown ? windowTitle(state.document.name, state.path, isDirty(state)) : 'Layerloom';
    if (document.title !== title) document.title = title;
  };
  useDocument.subscribe(update);
  useUi.subscribe(update);
  update();
}
