import { join } from 'node:path';
import type { Handlers } from '../../rpc/index.ts';
import { autosaves } from '../autosaves.ts';
import type { documentMethods } from '../contract/documents.ts';
import { openDocument, saveDocument, wholePath } from '../documentFiles.ts';
import { DOCUMENT_PLACES, documentIds } from '../documentIds.ts';
import type { documentWatch } from '../documentWatch.ts';
import type { recentFiles } from '../recents.ts';

interface Options {
  readonly home: string;
  readonly recents: ReturnType<typeof recentFiles>;
  readonly watch: ReturnType<typeof documentWatch>;
  /** Gives windows a design of the host's own records. */
  give(path: string): Promise<unknown>;
}

export function documentHandlers({ home, recents, watch, give }: Options): Handlers<typeof documentMethods> {
  const unsaved = autosaves(home);
  const ids = documentIds(join(home, DOCUMENT_PLACES));
  /** What was opened or saved is, whether or not the list of recent files can be written. */
  const remember = (path: string) => recents.add(path).catch((error: unknown) => console.error(error));
  return {
    'documents.open': async ({ path }) => {
      const opened = await openDocument(path);
      watch.follow(opened.path, opened.fingerprint);
      await remember(opened.path);
      return opened;
    },
    'documents.save': async ({ path, text, known, replace }) => {
      const saved = await saveDocument(path, text, replace ? 'replace' : { fingerprint: known });
      watch.follow(saved.path, saved.fingerprint);
      await remember(saved.path);
      return saved;
    },
    'documents.identify': async (file) => ({ id: await ids.identify({ ...file, path: wholePath(file.path) }) }),
    'documents.watch': async ({ path }) => ({ fingerprint: await watch.look(wholePath(path)) }),
    'documents.autosave': async ({ key, path, name, text, known }) => {
      await unsaved.write(key, path, name, text, known);
      return {};
    },
    'documents.discardAutosave': async ({ key }) => {
      await unsaved.discard(key);
      return {};
    },
    'recovery.list': () => unsaved.list(),
    'recovery.read': async ({ key }) => {
      const kept = await unsaved.read(key);
      if (kept.path !== null) await give(kept.path);
      return kept;
    },
  };
}
