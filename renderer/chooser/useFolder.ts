import { useCallback, useEffect, useState } from 'react';
import { type Problem, toProblem } from '../../core/errors.ts';
import type { chooserMethods } from '../../core/host/index.ts';
import type { ResultOf } from '../../core/rpc/index.ts';
import { fileName, folderOf, typedPath } from '../actions/filePaths.ts';
import type { ChoiceHost, ChoiceRequest } from './choiceHost.ts';

export type Listing = ResultOf<typeof chooserMethods, 'files.list'>;

/** Where a typed path led: the folder now on screen, and the file in it that was meant, if one was. */
export interface Visit {
  readonly listing: Listing;
  readonly name: string | null;
}

/** The folder on screen in the file dialog, and the ways to another. */
export function useFolder(host: ChoiceHost, { mode, folder }: ChoiceRequest) {
  const [listing, setListing] = useState<Listing | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);

  const list = useCallback(
    (directory: string | null, all = false) => host.call('files.list', { directory, all }),
    [host],
  );
  const show = useCallback((found: Listing) => {
    setListing(found);
    setProblem(null);
  }, []);

  /** Goes to a folder that was chosen, not typed. */
  const go = useCallback(
    async (directory: string | null): Promise<void> => {
      try {
        show(await list(directory));
      } catch (thrown) {
        setProblem(toProblem(thrown));
      }
    },
    [list, show],
  );

  /** Goes where a typed path leads: into a folder, or to the folder of a file. Null, with the problem on screen, where it leads nowhere. */
  const visit = useCallback(
    async (text: string, from: string): Promise<Visit | null> => {
      const path = typedPath(text, from);
      try {
        const found = await list(path);
        show(found);
        return { listing: found, name: null };
      } catch (thrown) {
        const [parent, name] = [folderOf(path), fileName(path)];
        const around = await list(parent, true).catch(() => null);
        const there = around?.entries.some((entry) => entry.kind === 'file' && entry.name === name);
        if (around === null || !(there || mode === 'save') || mode === 'directory') {
          setProblem(toProblem(thrown));
          return null;
        }
        const found = await list(parent);
        show(found);
        return { listing: found, name };
      }
    },
    [list, show, mode],
  );

  /** Makes a folder in the one on screen and goes there. Returns why it could not. */
  const create = useCallback(
    async (directory: string, name: string): Promise<Problem | null> => {
      try {
        const { path } = await host.call('files.createFolder', { directory, name });
        show(await list(path));
        return null;
      } catch (thrown) {
        return toProblem(thrown);
      }
    },
    [host, list, show],
  );

  useEffect(() => {
    // The folder that is proposed may be gone, which is no problem of who opens the dialog: home is always there.
    list(folder)
      .catch(() => list(null))
      .then(show, (thrown) => setProblem(toProblem(thrown)));
  }, [list, show, folder]);

  return { listing, problem, refuse: setProblem, go, visit, create };
}
