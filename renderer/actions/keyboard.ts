import { canvasView } from '../stores/canvasStore.ts';
import { isModalOpen } from './modal.ts';
import { ACTIONS } from './registry.ts';
import { matchesChord, parseChord } from './shortcuts.ts';

/** Where keys are text, or belong to an open list, menu or dialog. */
function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable) return true;
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'button', 'range'].includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

function inOverlay(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('[role="dialog"], [role="menu"], [role="listbox"]') !== null;
}

const MOVING = ['Enter', ' ', 'Tab', 'ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'];

/**
 * Enter, Space, Tab and the arrows belong to the control that has the focus. The canvas takes them when the focus is on it, or when it is
 * on nothing. Tab is the canvas's for a hand on the mouse only: with the pointer over it, or after a click on it. A focus that is shown,
 * because keys brought it there, moves on with Tab. With Ctrl or Alt they are no control's.
 */
function isControlsOwn(event: KeyboardEvent): boolean {
  const { target, key } = event;
  if (!(target instanceof HTMLElement) || !MOVING.includes(key)) return false;
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  if (target === document.body) return key === 'Tab' && canvasView()?.hovered() !== true;
  if (key === 'Tab' && target.matches(':focus-visible')) return true;
  return target.closest('.canvas') === null || target.closest('button, a, [role="button"]') !== null;
}

const TABLE = ACTIONS.flatMap((action) => action.shortcuts.map((text) => ({ action, chord: parseChord(text) })));

/** Makes the shortcuts of all actions work. Call once. */
export function installKeyboard(): () => void {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing) return;
    // One chord may do several things, each in its time (Train, Pause, Resume): the one that can be done now.
    const rows = TABLE.filter(({ chord }) => matchesChord(chord, event));
    const action = (rows.find((row) => row.action.enabled()) ?? rows[0])?.action;
    if (action === undefined) return;
    const typing = isTyping(event.target);
    if (typing && action.whileTyping !== true) return;
    if (inOverlay(event.target) || isControlsOwn(event)) return;
    if (isModalOpen()) return;
    // Selected prose (a problem's sentence, code) is copied as text, not as layers.
    if (action.id === 'copy' && window.getSelection()?.isCollapsed === false) return;
    // Clipboard chords are left to the browser: its copy, cut and paste events carry the data (see clipboard.ts).
    if (['copy', 'cut', 'paste'].includes(action.id)) return;
    event.preventDefault();
    // A half-typed value counts: leaving the field commits it before, say, saving.
    if (typing && event.target instanceof HTMLElement) event.target.blur();
    if (action.enabled()) action.perform();
  };
  window.addEventListener('keydown', onKeyDown);
  return () => window.removeEventListener('keydown', onKeyDown);
}
