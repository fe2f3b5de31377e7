import { EventEmitter } from 'node:events';
import { strict } from './strict.ts';

interface Closable {
  /** Resolves to false when the page held its window back. */
  closeByQuit(): Promise<boolean>;
}

class Preventable {
  prevented = false;
  preventDefault = () => {
    this.prevented = true;
  };
}

/** `app`: events, and quitting in Electron's order: before-quit, the windows, will-quit, quit. */
export function createApp(windows: () => readonly Closable[]) {
  const events = new EventEmitter();
  const paths = new Map<string, string>();
  const exit = withResolvers<number>();
  let quitting = false;
  let ending = false;

  const quit = async () => {
    if (quitting) return;
    quitting = true;
    ending = true;
    const before = new Preventable();
    events.emit('before-quit', before);
    const left = before.prevented ? [false] : await Promise.all(windows().map((window) => window.closeByQuit()));
    if (left.includes(false)) {
      quitting = false;
      ending = false;
      return;
    }
    const will = new Preventable();
    events.emit('will-quit', will);
    quitting = false;
    if (will.prevented) return;
    events.emit('quit', {}, 0);
    exit.resolve(0);
  };

  return {
    events,
    exited: exit.promise,
    /** Whether it is about to exit: no window held it back. */
    isEnding: () => ending,
    windowClosed: () => {
      if (!quitting && windows().length === 0) events.emit('window-all-closed');
    },
    app: strict('app', {
      isPackaged: false,
      whenReady: async () => undefined,
      on: (name: string, listener: (...args: unknown[]) => void) => events.on(name, listener),
      quit: () => void quit(),
      exit: (code: number) => exit.resolve(code),
      enableSandbox: () => undefined,
      requestSingleInstanceLock: () => true,
      setPath: (name: string, path: string) => paths.set(name, path),
    }),
  };
}

function withResolvers<T>() {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
