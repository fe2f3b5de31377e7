import { type FSWatcher, watch } from 'node:fs';
import { basename, dirname } from 'node:path';
import { fileFingerprint } from './documentFiles.ts';

/** Files followed at once; the one looked at longest ago is let go. */
const MOST_FILES = 64;
/** Programs write in several steps, and some remove the old file first: what lies between is nobody's business. */
const SETTLE_MS = 200;
/** How often a file is looked at in folders that cannot be watched. */
const POLL_MS = 2000;

interface Followed {
  /** As last told; undefined until it is known. */
  fingerprint: string | null | undefined;
  timer: ReturnType<typeof setTimeout> | undefined;
}

interface Folder {
  readonly files: Map<string, Followed>;
  stop(): void;
}

/** Follows document files and tells when one holds something else than before, or is gone (null). */
export function documentWatch(changed: (path: string, fingerprint: string | null) => void) {
  const folders = new Map<string, Folder>();
  const order = new Set<string>();
  let closed = false;

  const compare = async (path: string, file: Followed) => {
    try {
      const fingerprint = await fileFingerprint(path);
      if (closed || fingerprint === file.fingerprint) return;
      const first = file.fingerprint === undefined;
      file.fingerprint = fingerprint;
      if (!first) changed(path, fingerprint);
    } catch {
      // Unreadable for now (permissions, a folder in its place): saving will say so, and the next event looks again.
    }
  };
  const soon = (path: string, file: Followed) => {
    clearTimeout(file.timer);
    file.timer = setTimeout(() => void compare(path, file), SETTLE_MS);
  };

  function openFolder(directory: string): Folder {
    const files = new Map<string, Followed>();
    let poll: ReturnType<typeof setInterval> | undefined;
    let watcher: FSWatcher | undefined;
    const startPolling = () => {
      if (poll !== undefined || closed) return;
      poll = setInterval(() => {
        for (const [path, file] of files) void compare(path, file);
      }, POLL_MS);
      poll.unref();
    };
    try {
      // The folder, not the file: a file that is replaced by renaming another over it would be lost from sight.
      watcher = watch(directory, { persistent: false }, (_, name) => {
        for (const [path, file] of files) if (name === null || name === basename(path)) soon(path, file);
      });
      watcher.on('error', () => {
        watcher?.close();
        startPolling();
      });
    } catch {
      startPolling();
    }
    return {
      files,
      stop: () => {
        watcher?.close();
        clearInterval(poll);
        for (const file of files.values()) clearTimeout(file.timer);
      },
    };
  }

  const letGo = (path: string) => {
    const directory = dirname(path);
    const folder = folders.get(directory);
    clearTimeout(folder?.files.get(path)?.timer);
    folder?.files.delete(path);
    order.delete(path);
    if (folder?.files.size !== 0) return;
    folder.stop();
    folders.delete(directory);
  };

  const followed = (path: string): Followed => {
    const directory = dirname(path);
    const folder = folders.get(directory) ?? openFolder(directory);
    folders.set(directory, folder);
    const file = folder.files.get(path) ?? { fingerprint: undefined, timer: undefined };
    folder.files.set(path, file);
    order.delete(path);
    order.add(path);
    const [oldest] = order;
    if (order.size > MOST_FILES && oldest !== undefined) letGo(oldest);
    return file;
  };

  return {
    /** Follows a file that was just read or written here, and tells the other windows if that is news. */
    follow: (path: string, fingerprint: string): void => {
      const file = followed(path);
      const news = file.fingerprint !== undefined && file.fingerprint !== fingerprint;
      file.fingerprint = fingerprint;
      if (news) changed(path, fingerprint);
    },
    /** Follows a file and answers what it holds now. Throws a ProblemError when it cannot be read. */
    look: async (path: string): Promise<string | null> => {
      const file = followed(path);
      const fingerprint = await fileFingerprint(path);
      const news = file.fingerprint !== undefined && file.fingerprint !== fingerprint;
      file.fingerprint = fingerprint;
      if (news) changed(path, fingerprint);
      return fingerprint;
    },
    close: (): void => {
      closed = true;
      for (const folder of folders.values()) folder.stop();
      folders.clear();
    },
  };
}
