import { toProblem } from '../../core/errors.ts';
import { installClipboard } from '../actions/clipboard.ts';
import { openPath } from '../actions/files.ts';
import { installFocusReturn } from '../actions/focusReturn.ts';
import { followHostEvents } from '../actions/hostEvents.ts';
import { installKeyboard } from '../actions/keyboard.ts';
import { openLiveRun, restoreWindow } from '../actions/restoreWindow.ts';
import { followTitle } from '../actions/windowTitle.ts';
import { followDocument } from '../stores/analysisStore.ts';
import { loadAppInfo } from '../stores/appStore.ts';
import { followAutosave } from '../stores/autosave.ts';
import { followData } from '../stores/dataStore.ts';
import { loadBackends } from '../stores/engineStore.ts';
import { followUndo } from '../stores/redFields.ts';
import { followRuns, loadRuns } from '../stores/runsStore.ts';
import { followGraph } from '../stores/selectionStore.ts';
import { loadSettings } from '../stores/settingsStore.ts';
import { toastProblem, useUi } from '../stores/uiStore.ts';
import { followWindow, readWindowMemory } from '../stores/windowMemory.ts';

/** Everything that runs once per window, after the first paint: subscriptions, then what the host knows. */
export async function start(): Promise<void> {
  followDocument();
  followGraph();
  followData();
  followRuns();
  followUndo();
  followAutosave();
  followWindow();
  followTitle();
  followHostEvents();
  installFocusReturn();
  installKeyboard();
  installClipboard();
  try {
    const [info] = await Promise.all([loadAppInfo(), loadSettings()]);
    void loadBackends();
    await decideScreen(info.openPath);
  } catch (thrown) {
    toastProblem(toProblem(thrown));
  } finally {
    if (useUi.getState().screen === 'opening') useUi.setState({ screen: 'start' });
  }
}

/** Puts on screen a file that was asked for; else what this window showed before a reload; else the run that goes on; else the start page. */
async function decideScreen(asked: string | null): Promise<void> {
  const memory = readWindowMemory();
  const runs = loadRuns();
  if (asked !== null) return openPath(asked);
  if (memory !== null && (await restoreWindow(memory))) return;
  await runs;
  await openLiveRun();
}
