import { contextBridge, ipcRenderer } from 'electron';
import type { PreloadBridge } from '../core/host/index.ts';
import { HOST_CHANNEL } from './channel.ts';

// All that a page gets of Electron: strings out, strings in. What they mean is checked in the main process and in the page.
const bridge: PreloadBridge = {
  send: (message) => {
    ipcRenderer.send(HOST_CHANNEL, String(message));
  },
  onMessage: (listener) => {
    const forward = (_event: unknown, message: unknown) => {
      if (typeof message === 'string') listener(message);
    };
    ipcRenderer.on(HOST_CHANNEL, forward);
    return () => {
      ipcRenderer.off(HOST_CHANNEL, forward);
    };
  },
};

contextBridge.exposeInMainWorld('layerloom', bridge);
