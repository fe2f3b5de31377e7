import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { ProblemError } from '../errors.ts';
import { fileProblem, PRIVATE_FILE, PRIVATE_FOLDER, writeWhole } from '../files/node.ts';
import type { Recovery } from './contract/index.ts';
import { MAX_DOCUMENT_BYTES } from './documentFiles.ts';

const autosaveSchema = z.object({
  path: z.string().nullable(),
  name: z.string(),
  savedAt: z.string(),
  text: z.string(),
  known: z.string().nullable().default(null),
});

/** Unsaved work, one file a document in `<home>/autosave`, kept until it is saved or let go. */
export function autosaves(home: string) {
  const folder = join(home, 'autosave');
  const fileOf = (key: string) => join(folder, `${key}.json`);
  const load = async (key: string) => autosaveSchema.parse(JSON.parse(await readFile(fileOf(key), 'utf8')));

  return {
    write: async (
      key: string,
      path: string | null,
      name: string,
      text: string,
      known: string | null,
    ): Promise<void> => {
      if (Buffer.byteLength(text) > MAX_DOCUMENT_BYTES)
        throw new ProblemError({
          code: 'file-too-large',
          title: 'Not autosaved',
          message: `“${name}” has grown beyond ${MAX_DOCUMENT_BYTES / 2 ** 20} MiB and can neither be autosaved nor saved. Remove what it does not need.`,
        });
      try {
        await mkdir(folder, { recursive: true, mode: PRIVATE_FOLDER });
        const content = JSON.stringify({ path, name, savedAt: new Date().toISOString(), text, known });
        await writeWhole(fileOf(key), content, { mode: PRIVATE_FILE });
      } catch (error) {
        throw fileProblem('autosave to', fileOf(key), error);
      }
    },
    discard: (key: string): Promise<void> => rm(fileOf(key), { force: true }),
    /** Newest first. A damaged file is passed over: it must not keep the others from being offered. */
    list: async (): Promise<Recovery[]> => {
      const names = await readdir(folder).catch(() => []);
      const found = await Promise.all(
        names
          .filter((name) => name.endsWith('.json'))
          .map(async (file): Promise<Recovery[]> => {
            const key = file.slice(0, -'.json'.length);
            try {
              const { path, name, savedAt } = await load(key);
              return [{ key, path, name, savedAt }];
            } catch {
              return [];
            }
          }),
      );
      return found.flat().sort((a, b) => (a.savedAt < b.savedAt ? 1 : -1));
    },
    read: async (key: string): Promise<{ text: string; path: string | null; known: string | null }> => {
      try {
        const { text, path, known } = await load(key);
        return { text, path, known };
      } catch {
        throw new ProblemError({
          code: 'recovery-not-found',
          title: 'Nothing to recover',
          message:
            'This unsaved design is not there any more, or its autosave file is damaged. Open its last saved file instead.',
        });
      }
    },
  };
}
