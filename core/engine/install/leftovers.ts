import { existsSync } from 'node:fs';
import { readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { abandoned } from '../../files/node.ts';
import { engineDirName, enginesDir, installedEngineSchema, MANIFEST } from './location.ts';
import { TENSORFLOW_VERSION } from './release.ts';

/** Earlier versions named their folders so. No install takes longer than this: its process number belongs to somebody else by then. */
const OLD_NAME = /^\.(?:partial|old)-(\d+)-(\d+)$/;
const ABANDONED_MS = 3 * 60 * 60 * 1000;

/**
 * Tidies up after an install that was killed. Killed while the new engine took the place of the old one, it may have left neither there,
 * but both whole beside it: the newer one takes its name then. Everything else is removed; what a living process is at work on stays.
 */
export async function recoverEngines(home: string): Promise<void> {
  const root = enginesDir(home);
  const left = [...(await abandoned(root)), ...(await oldLeftovers(root))];
  const whole = await Promise.all(left.map(async (dir) => ({ dir, manifest: await manifestOf(dir) })));
  whole.sort((a, b) => (b.manifest?.installedAt ?? '').localeCompare(a.manifest?.installedAt ?? ''));
  for (const { dir, manifest } of whole) {
    const target = manifest?.version === TENSORFLOW_VERSION ? join(root, engineDirName(manifest.variant)) : null;
    const restored =
      target !== null &&
      !existsSync(target) &&
      (await rename(dir, target).then(
        () => true,
        () => false,
      ));
    if (!restored) await rm(dir, { recursive: true, force: true }).catch(() => undefined);
  }
}

/** The manifest is written last, once the engine has been tried out. */
async function manifestOf(dir: string) {
  try {
    return installedEngineSchema.parse(JSON.parse(await readFile(join(dir, MANIFEST), 'utf8')));
  } catch {
    return null;
  }
}

async function oldLeftovers(root: string): Promise<readonly string[]> {
  return (await readdir(root).catch(() => [])).flatMap((name) => {
    const [, pid, since] = OLD_NAME.exec(name) ?? [];
    const living = pid === undefined || (isAlive(Number(pid)) && Date.now() - Number(since) < ABANDONED_MS);
    return living ? [] : [join(root, name)];
  });
}

function isAlive(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
