import { findAction } from './registry.ts';

/** Boxes that close on Escape by themselves, the newest first: a message that came later is one of them. */
const OPEN = '[role="dialog"], [role="menu"], [role="listbox"]';

/** Whether Escape, pressed here, has something to do besides closing a message in the corner: a field to leave, a panel, a selection to drop, a block to leave. */
export function isEscapeClaimed(target: EventTarget | null): boolean {
  if (document.querySelector(OPEN) !== null || !(target instanceof Element)) return false;
  if (target.closest('.toasts') !== null) return false;
  return (
    target.closest('.panel, input, textarea') !== null ||
    ['clearSelection', 'leaveBlock'].some((id) => findAction(id).enabled())
  );
}
