import { homedir } from 'node:os';
import { join } from 'node:path';
import { BrowserWindow, dialog } from 'electron';
import type { HostDialogs } from '../core/host/node.ts';

/** The system's own dialogs, as sheets of the window in front. */
export const nativeDialogs: HostDialogs = {
  open: async ({ title, filters, directory, folder }) => {
    const options: Electron.OpenDialogOptions = {
      title,
      filters,
      ...(folder !== null && { defaultPath: folder }),
      properties: directory ? ['openDirectory', 'createDirectory'] : ['openFile'],
    };
    const window = BrowserWindow.getFocusedWindow();
    const { canceled, filePaths } = window
      ? await dialog.showOpenDialog(window, options)
      : await dialog.showOpenDialog(options);
    return canceled ? null : (filePaths[0] ?? null);
  },
  save: async ({ title, filters, defaultName, folder }) => {
    const options: Electron.SaveDialogOptions = {
      title,
      filters,
      // A whole path: with a bare name the system proposes the folder of whatever was chosen last, such as a dataset's.
      defaultPath: join(folder ?? homedir(), defaultName),
      properties: ['createDirectory', 'showOverwriteConfirmation'],
    };
    const window = BrowserWindow.getFocusedWindow();
    const { canceled, filePath } = window
      ? await dialog.showSaveDialog(window, options)
      : await dialog.showSaveDialog(options);
    return canceled || filePath === '' ? null : filePath;
  },
};
