import type { Browser } from '@playwright/test';
import { runShell } from '../electron/standIn/index.ts';
import type { App } from './fixtures.ts';

/** Button of "Close without saving?" that closes. */
const CLOSE_WITHOUT_SAVING = 1;

/** The real Electron main process and preload under the stand-in for the module `electron`. */
export function startElectronApp(browser: Browser, home: string, file: string | null) {
  const start = (path: string | null) => runShell(browser, home, path === null ? [] : [path]);
  let shell = start(file);
  let first = true;
  const app: App = {
    nativeDialogs: true,
    answerDialog: (path) => shell.answerDialog(path),
    openWindow: async (another = null) => {
      if (shell.isEnding()) {
        // Its last window closed and nothing trained: the program is gone, and is started anew.
        await shell.exited;
        shell = start(another);
      } else if (!first) shell.startAgain(...(another === null ? [] : [another]));
      first = false;
      return (await shell.firstWindow()).page;
    },
  };
  const end = async () => {
    // A test may leave unsaved work, which the page holds its window back for.
    if (shell.windows.length > 0) shell.answerDialog(CLOSE_WITHOUT_SAVING);
    await shell.quit();
  };
  return { app, end };
}
