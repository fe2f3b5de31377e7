import { join } from 'node:path';
import type { Handlers } from '../../rpc/index.ts';
import { type appMethods, settingsSchema } from '../contract/app.ts';
import { jsonFile } from '../jsonFile.ts';
import type { recentFiles } from '../recents.ts';

interface Options {
  readonly home: string;
  readonly runsDir: string;
  readonly kind: 'electron' | 'web';
  readonly version: string;
  readonly recents: ReturnType<typeof recentFiles>;
  /** The file to open, once: a window that reloads must not open it over what has been done since. */
  takeOpenPath(): Promise<string | null>;
}

export function appHandlers(options: Options): Handlers<typeof appMethods> {
  const { home, runsDir, kind, version, recents, takeOpenPath } = options;
  const settings = jsonFile(join(home, 'settings.json'), settingsSchema, settingsSchema.parse({}));
  return {
    'app.info': async () => ({
      version,
      host: kind,
      platform: process.platform,
      homeDir: home,
      runsDir,
      openPath: await takeOpenPath(),
    }),
    'settings.get': () => settings.read(),
    'settings.set': async (value) => {
      await settings.change(() => value);
      return {};
    },
    'recents.list': () => recents.list(),
    'recents.remove': async ({ path }) => {
      await recents.remove(path);
      return {};
    },
  };
}
