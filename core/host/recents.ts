import { access } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import type { RecentFile } from './contract.ts';
import { jsonFile } from './jsonFile.ts';

const KEPT = 20;
const schema = z.array(z.object({ path: z.string(), openedAt: z.string() }));

/** Files opened or saved lately, newest first, in `<home>/recents.json`. */
export function recentFiles(home: string) {
  const file = jsonFile(join(home, 'recents.json'), schema, []);
  return {
    list: async (): Promise<RecentFile[]> =>
      Promise.all(
        (await file.read()).map(async ({ path, openedAt }) => ({
          path,
          name: basename(path).replace(/\.loom$/i, ''),
          openedAt,
          exists: await access(path).then(
            () => true,
            () => false,
          ),
        })),
      ),
    add: (path: string) =>
      file.change((list) =>
        [{ path, openedAt: new Date().toISOString() }, ...list.filter((entry) => entry.path !== path)].slice(0, KEPT),
      ),
    remove: (path: string) => file.change((list) => list.filter((entry) => entry.path !== path)),
  };
}
