import { canvasView } from '../stores/canvasStore.ts';
import { useSelection } from '../stores/selectionStore.ts';
import { isModalOpen } from './modal.ts';

const PANEL = '.panel';

/** Escape in a side panel or the dock puts the focus back where it was before it went there. Call once. */
export function installFocusReturn(): () => void {
  const cameFrom = new WeakMap<Element, HTMLElement>();
  const onFocusIn = ({ target, relatedTarget }: FocusEvent) => {
    const panel = target instanceof Element ? target.closest(PANEL) : null;
    if (panel === null || panel.contains(relatedTarget as Node | null)) return;
    if (relatedTarget instanceof HTMLElement) cameFrom.set(panel, relatedTarget);
    else cameFrom.delete(panel);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || isModalOpen()) return;
    // What heard the key first may have let go of the focus by now: the event still knows where it was.
    const panel = event.target instanceof Element ? event.target.closest(PANEL) : null;
    if (panel === null || document.querySelector('[role="menu"], [role="listbox"]') !== null) return;
    event.preventDefault();
    const before = cameFrom.get(panel);
    if (before?.isConnected === true) before.focus();
    else focusCanvas();
  };
  window.addEventListener('focusin', onFocusIn);
  // Before the shortcuts, for which Escape takes the selection away.
  window.addEventListener('keydown', onKeyDown);
  return () => {
    window.removeEventListener('focusin', onFocusIn);
    window.removeEventListener('keydown', onKeyDown);
  };
}

/** Puts the focus on the selected layer, or on the canvas where none is, or it is out of view and not drawn. */
export function focusCanvas(): void {
  const nodeId = useSelection.getState().nodeIds.at(-1);
  if (nodeId !== undefined) canvasView()?.focusNode(nodeId);
  if (nodeId === undefined || document.activeElement?.closest('.canvas') == null)
    document.querySelector<HTMLElement>('.canvas')?.focus();
}
