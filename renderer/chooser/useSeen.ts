import { useCallback, useRef } from 'react';

/** How long the dialog must have been in plain view before a choice counts. */
const SEEN_MS = 250;
/** How long a choice waits for that. */
const PATIENCE_MS = 3000;

/** Members that Chromium's observers have and the others lack: whether anything lies over the element, or makes it pale. */
interface VisibilityOptions extends IntersectionObserverInit {
  readonly trackVisibility: boolean;
  readonly delay: number;
}

/**
 * Tells whether the dialog was in plain view when something was chosen in it. The page around the frame could lay something over it, or make
 * it transparent above a button of its own, so that a person presses here and means there. In browsers that cannot tell, the time it has
 * been on screen has to do.
 * `watch` is the `ref` of an element in the dialog.
 */
export function useSeen(): { readonly watch: (inside: Element | null) => void; readonly seen: () => Promise<boolean> } {
  const since = useRef<number | null>(null);
  const observer = useRef<IntersectionObserver | null>(null);

  const watch = useCallback((inside: Element | null) => {
    observer.current?.disconnect();
    since.current = null;
    const dialog = inside?.closest('[role="dialog"]');
    if (!dialog) return;
    const options: VisibilityOptions = { trackVisibility: true, delay: 100, threshold: [0, 1] };
    observer.current = new IntersectionObserver((entries) => {
      const last = entries.at(-1);
      if (last === undefined) return;
      const plain = 'isVisible' in last ? last.isVisible === true : last.isIntersecting;
      since.current = plain ? (since.current ?? performance.now()) : null;
    }, options);
    observer.current.observe(dialog);
  }, []);

  const seen = useCallback(async () => {
    const until = performance.now() + PATIENCE_MS;
    for (;;) {
      const now = performance.now();
      if (since.current !== null && now - since.current >= SEEN_MS) return true;
      if (now > until) return false;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }, []);
  return { watch, seen };
}
