import { inertOthers, type Undo } from 'aria-hidden/dist/es2015/index.js';

/**
 * Stands in for `hideOthers` of the package aria-hidden, which Radix calls while a menu, list or dialog is open (see build/vite.config.ts).
 * There the page behind is hidden from screen readers only; here it is inert, so that no key reaches it either.
 */
export function hideOthers(shown: Element | Element[], page: HTMLElement = document.body): Undo {
  // What speaks by itself, such as a message in the corner, goes on speaking; and the page keeps its name.
  const live = [...page.querySelectorAll('[aria-live], script, h1')];
  return inertOthers([...(Array.isArray(shown) ? shown : [shown]), ...live], page);
}
