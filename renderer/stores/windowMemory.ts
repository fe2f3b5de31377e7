import { z } from 'zod';
import { packHistory } from '../../core/commands/index.ts';
import { serialiseDocument } from '../../core/document/index.ts';
import { isDirty, useDocument } from './documentStore.ts';
import { DOCK_TABS, ROOMS, useUi } from './uiStore.ts';

const KEY = 'layerloom.window';

/** The longest history that is kept over a reload. */
const HISTORY_CHARACTERS = 1_500_000;

const memorySchema = z.object({
  path: z.string().nullable(),
  autosaveKey: z.string(),
  /** Whether there were changes that are not in its file. */
  dirty: z.boolean(),
  room: z.enum(ROOMS),
  dockTab: z.enum(DOCK_TABS),
  /** The document itself; null when it does not fit or the page ended without a farewell: its autosave or its file has it then. */
  text: z.string().nullable(),
  /** Of the file the edits were made to. */
  known: z.string().nullable().default(null),
  /** What can be undone, for `unpackHistory`. */
  history: z.unknown(),
});
/** What this window showed: enough to show it again after a reload. */
export type WindowMemory = z.infer<typeof memorySchema>;

function write(withText: boolean): void {
  const ui = useUi.getState();
  // Until it is decided what the window shows, what it showed before is still to be read.
  if (ui.screen === 'opening') return;
  if (ui.screen === 'start') {
    sessionStorage.removeItem(KEY);
    return;
  }
  const state = useDocument.getState();
  const memory: WindowMemory = {
    path: state.path,
    autosaveKey: state.autosaveKey,
    dirty: isDirty(state),
    room: ui.room,
    dockTab: ui.dockTab,
    text: withText ? serialiseDocument(state.document) : null,
    known: state.known,
    history: withText ? packHistory(state.history, state.saved, HISTORY_CHARACTERS) : null,
  };
  // Browsers keep about 5 MB: the history goes first; a larger document comes back from its autosave or its file.
  for (const less of [{}, { history: null }, { history: null, text: null }]) {
    try {
      sessionStorage.setItem(KEY, JSON.stringify({ ...memory, ...less }));
      return;
    } catch {
      // The next, smaller one.
    }
  }
}

/** What this window showed before it was reloaded, or null when it is a fresh one. */
export function readWindowMemory(): WindowMemory | null {
  const kept = sessionStorage.getItem(KEY);
  if (kept === null) return null;
  try {
    return memorySchema.parse(JSON.parse(kept));
  } catch {
    return null;
  }
}

/**
 * Keeps in the window's own storage, which lives as long as the window and no longer, what is on screen; the whole document when the page
 * goes. Call once.
 */
export function followWindow(): () => void {
  const stopDocument = useDocument.subscribe((state, before) => {
    // Every edit would write the same again.
    if (
      state.path !== before.path ||
      state.known !== before.known ||
      state.autosaveKey !== before.autosaveKey ||
      isDirty(state) !== isDirty(before)
    )
      write(false);
  });
  const stopUi = useUi.subscribe((state, before) => {
    if (state.screen !== before.screen || state.room !== before.room || state.dockTab !== before.dockTab) write(false);
  });
  const leave = () => write(true);
  window.addEventListener('pagehide', leave);
  return () => {
    stopDocument();
    stopUi();
    window.removeEventListener('pagehide', leave);
  };
}
