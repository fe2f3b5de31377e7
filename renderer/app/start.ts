import { toProblem } from '../../core/errors.ts';
import { installClipboard } from '../actions/clipboard.ts';
import { openPath } from '../actions/files.ts';
import { followHostEvents } from '../actions/hostEvents.ts';
import { installKeyboard } from '../actions/keyboard.ts';
import { followDocument } from '../stores/analysisStore.ts';
import { loadAppInfo } from '../stores/appStore.ts';
import { followAutosave } from '../stores/autosave.ts';
import { followData } from '../stores/dataStore.ts';
import { loadBackends } from '../stores/engineStore.ts';
import { followRuns, loadRuns } from '../stores/runsStore.ts';
import { followGraph } from '../stores/selectionStore.ts';
import { loadSettings } from '../stores/settingsStore.ts';
import { toastProblem } from '../stores/uiStore.ts';

/** Everything that runs once per window, after the first paint: subscriptions, then what the host knows. */
export async function start(): Promise<void> {
  followDocument();
  followGraph();
  followData();
  followRuns();
  followAutosave();
  followHostEvents();
  installKeyboard();
  installClipboard();
  try {
    const info = await loadAppInfo();
    await loadSettings();
    if (info.openPath !== null) await openPath(info.openPath);
  } catch (thrown) {
    toastProblem(toProblem(thrown));
  }
  await Promise.all([loadRuns(), loadBackends()]);
}
