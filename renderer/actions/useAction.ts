import { useSyncExternalStore } from 'react';
import { useAnalysis } from '../stores/analysisStore.ts';
import { useCanvas } from '../stores/canvasStore.ts';
import { useDocument } from '../stores/documentStore.ts';
import { useRuns } from '../stores/runsStore.ts';
import { useSelection } from '../stores/selectionStore.ts';
import { useSettings } from '../stores/settingsStore.ts';
import { useUi } from '../stores/uiStore.ts';
import type { Action } from './action.ts';
import { findAction } from './registry.ts';
import { formatChord } from './shortcuts.ts';

const STORES = [useAnalysis, useCanvas, useDocument, useRuns, useSelection, useSettings, useUi];

function subscribe(listener: () => void): () => void {
  const stops = STORES.map((store) => store.subscribe(listener));
  return () => {
    for (const stop of stops) stop();
  };
}

/** An action for a button: whether it is enabled now, and its shortcut as people read it. */
export function useAction(id: string): {
  readonly action: Action;
  readonly enabled: boolean;
  readonly shortcut: string;
} {
  const action = findAction(id);
  const enabled = useSyncExternalStore(subscribe, () => action.enabled());
  return { action, enabled, shortcut: firstShortcut(action) };
}

export function firstShortcut(action: Action): string {
  const [first] = action.shortcuts;
  return first === undefined ? '' : formatChord(first);
}
