import { BrowserWindow, dialog } from 'electron';
import type { HostDialogs } from '../core/host/node.ts';

/** The system's own dialogs, as sheets of the window in front. */
export const nativeDialogs: HostDialogs = {
  open: async ({ title, filters, directory }) => {
    const options: Electron.OpenDialogOptions = {
      title,
      filters,
      properties: directory ? ['openDirectory', 'createDirectory'] : ['openFile'],
    };
    const window = BrowserWindow.getFocusedWindow();
    const { canceled, filePaths } = window
      ? await dialog.showOpenDialog(window, options)
      : await dialog.showOpenDialog(options);
    return canceled ? null : (filePaths[0] ?? null);
  },
  save: async ({ title, filters, defaultName }) => {
    const options: Electron.SaveDialogOptions = {
      title,
      filters,
      defaultPath: defaultName,
      properties: ['createDirectory', 'showOverwriteConfirmation'],
    };
    const window = BrowserWindow.getFocusedWindow();
    const { canceled, filePath } = window
      ? await dialog.showSaveDialog(window, options)
      : await dialog.showSaveDialog(options);
    return canceled || filePath === '' ? null : filePath;
  },
};
