import { access } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import type { RecentFile } from './contract/index.ts';
import { realPath } from './grants/realPath.ts';
import { jsonFile } from './jsonFile.ts';

const KEPT = 20;
/** `real`: where the path led when it was opened; absent in lists of before. */
const schema = z.array(z.object({ path: z.string(), openedAt: z.string(), real: z.string().optional() }));

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
    /** Whether a file is listed that leads where it led then. */
    has: async (path: string, real: string): Promise<boolean> =>
      (await file.read()).some((entry) => entry.path === path && (entry.real ?? real) === real),
    add: async (path: string) => {
      const opened = { path, openedAt: new Date().toISOString(), real: await realPath(path) };
      await file.change((list) => [opened, ...list.filter((entry) => entry.path !== path)].slice(0, KEPT));
    },
    remove: (path: string) => file.change((list) => list.filter((entry) => entry.path !== path)),
  };
}
