import { toProblem } from '../../core/errors.ts';
import { followDeviceTests } from '../stores/deviceTests.ts';
import { followDeviceUse } from '../stores/deviceUse.ts';
import { noteOnDisk } from '../stores/documentStore.ts';
import { followInstalls, loadBackends } from '../stores/engineStore.ts';
import { host } from '../stores/host.ts';
import { loadRuns } from '../stores/runsStore.ts';
import { dismissToast, toast, toastProblem, useUi } from '../stores/uiStore.ts';
import { lookAtFile } from './fileConflict.ts';
import { openPath } from './files.ts';
import { performAction } from './registry.ts';

/** Native menu items, files the system asks to open, and the connection to the host. Call once. */
export function followHostEvents(): () => void {
  let lostToast: number | null = null;
  const stopEvents = host().onEvent((event) => {
    if (event.type === 'menu') performAction(event.action);
    if (event.type === 'openFile') void openPath(event.path);
    if (event.type === 'documentChanged') noteOnDisk(event.path, event.fingerprint);
  });
  const stopFollowing = [followInstalls(), followDeviceTests(), followDeviceUse()];
  let before = true;
  const stopConnection = host().onConnection((connected, refusal) => {
    useUi.setState({ connected });
    if (refusal) toastProblem(refusal);
    else if (before && !connected)
      lostToast = toast({
        tone: 'warning',
        title: 'Connection lost',
        message: 'The window cannot reach its host. Your work is kept here, and it tries again every second.',
      });
    if (!before && connected) {
      if (lostToast !== null) dismissToast(lostToast);
      void lookAtFile();
      Promise.all([loadRuns(), loadBackends()]).catch((thrown) => toastProblem(toProblem(thrown)));
    }
    before = connected;
  });
  // Not every disk tells of changes (network drives): who comes back to the window finds it looked at.
  const onFocus = () => void lookAtFile();
  window.addEventListener('focus', onFocus);
  return () => {
    window.removeEventListener('focus', onFocus);
    stopEvents();
    for (const stop of stopFollowing) stop();
    stopConnection();
  };
}
