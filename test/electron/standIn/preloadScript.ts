import { readFileSync } from 'node:fs';

export const SEND_BINDING = '__standInSend';
export const DELIVER = '__standInDeliver';

/**
 * The real preload script, made to run in a page before its own scripts: `electron` there has what a sandboxed preload gets, over a
 * Playwright binding. Anything else it asks for throws.
 */
export function preloadScript(file: string): string {
  return `(() => {
    if (window !== window.top) return;
    const listeners = new Map();
    const of = (channel) => listeners.get(channel) ?? listeners.set(channel, new Set()).get(channel);
    const strict = (name, target) => new Proxy(target, { get(object, member) {
      if (!(member in object) && typeof member !== 'symbol' && member !== '__esModule') throw new Error('A preload has no ' + name + '.' + member);
      return object[member];
    } });
    const electron = strict('electron', {
      contextBridge: strict('contextBridge', {
        exposeInMainWorld: (name, api) => Object.defineProperty(window, name, { value: Object.freeze({ ...api }), enumerable: true }),
      }),
      ipcRenderer: strict('ipcRenderer', {
        send: (channel, message) => void window.${SEND_BINDING}(channel, message),
        on: (channel, listener) => void of(channel).add(listener),
        off: (channel, listener) => void of(channel).delete(listener),
      }),
    });
    Object.defineProperty(window, '${DELIVER}', {
      value: (channel, message) => { for (const listener of [...of(channel)]) listener({}, message); },
    });
    const require = (name) => {
      if (name !== 'electron') throw new Error('A sandboxed preload cannot load ' + name);
      return electron;
    };
    ((require, module, exports) => {
${readFileSync(file, 'utf8')}
    })(require, { exports: {} }, {});
  })();`;
}
