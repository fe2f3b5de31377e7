import { homedir } from 'node:os';
import { join } from 'node:path';
import { BrowserWindow, dialog } from 'electron';
import type { HostDialogs } from '../core/host/node.ts';

/** The system's own dialogs, as sheets of the window in front. */
export const nativeDialogs: HostDialogs = {
  show: ({ name, folder }, choice) => {
    const { title, extensions, called } = choice;
    const filters = extensions.length === 0 ? [] : [{ name: called, extensions: [...extensions] }];
    const window = BrowserWindow.getFocusedWindow();
    const ask = async (): Promise<string | null> => {
      if (choice.mode === 'save') {
        const options: Electron.SaveDialogOptions = {
          title,
          filters,
          // A whole path: with a bare name the system proposes the folder of whatever was chosen last, such as a dataset's.
          defaultPath: join(folder ?? homedir(), name),
          properties: ['createDirectory', 'showOverwriteConfirmation'],
        };
        const { canceled, filePath } = window
          ? await dialog.showSaveDialog(window, options)
          : await dialog.showSaveDialog(options);
        return canceled || filePath === '' ? null : filePath;
      }
      const options: Electron.OpenDialogOptions = {
        title,
        filters,
        ...(folder !== null && { defaultPath: join(folder, name) }),
        properties: choice.mode === 'directory' ? ['openDirectory', 'createDirectory'] : ['openFile'],
      };
      const { canceled, filePaths } = window
        ? await dialog.showOpenDialog(window, options)
        : await dialog.showOpenDialog(options);
      return canceled ? null : (filePaths[0] ?? null);
    };
    // The system closes its dialogs itself.
    return {
      url: null,
      answer: ask().then((path) => ({ path, asked: choice.mode === 'save' })),
      cancel: () => undefined,
    };
  },
};
