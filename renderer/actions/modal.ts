import { useUi } from '../stores/uiStore.ts';

/** Whether a dialog or a box to type in lies over the window: keys are its own then. */
export function isModalOpen(): boolean {
  const { fileDialog, confirmation, conflict, palette, finder, help } = useUi.getState();
  return fileDialog !== null || confirmation !== null || conflict !== null || palette || finder !== null || help;
}
