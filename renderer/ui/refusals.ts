import { createContext } from 'react';

/** A text that a field did not take. It stays in the box, red, until it is corrected or given up. */
export interface Refusal {
  readonly text: string;
  /** What the field holds in its place, as it would show it. */
  readonly value: string;
  /** The sentence that says why. */
  readonly message: string;
}

/** Where the fields of one form keep what they refused, by label. */
export interface RefusalKeeper {
  subscribe(listener: () => void): () => void;
  get(label: string): Refusal | undefined;
  set(label: string, refusal: Refusal | null): void;
  /** A field is on screen; the function returned takes it off again. */
  enter(label: string): () => void;
}

/** The form that fields are in, if what they refuse concerns others than themselves. */
export const RefusalContext = createContext<RefusalKeeper | null>(null);

/** A keeper for a field that stands by itself: it forgets when the field goes. */
export function createRefusalKeeper(): RefusalKeeper {
  let kept: Refusal | undefined;
  const listeners = new Set<() => void>();
  return {
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    get: () => kept,
    set(_, refusal) {
      kept = refusal ?? undefined;
      for (const listener of listeners) listener();
    },
    enter: () => () => undefined,
  };
}
