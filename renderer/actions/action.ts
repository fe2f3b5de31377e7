import type { LucideIcon } from 'lucide-react';

export type ActionGroup = 'File' | 'Edit' | 'View' | 'Train' | 'Go to' | 'Help';

/**
 * One thing a person can do, however they reach it: menu, toolbar, command palette (Ctrl+K), keyboard or the native menu, which names
 * actions by `id`.
 */
export interface Action {
  readonly id: string;
  readonly label: string;
  readonly group: ActionGroup;
  readonly icon: LucideIcon;
  /** `Mod` is Ctrl, or Cmd on a Mac. Several chords may do the same; the first is shown. */
  readonly shortcuts: readonly string[];
  /** Also works while a text field has the focus. Everything else leaves typing alone. */
  readonly whileTyping?: boolean;
  /** Reads the stores; called often, so it must be cheap. */
  enabled(): boolean;
  perform(): void;
}
