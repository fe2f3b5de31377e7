import { readlink } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

/** As many as Linux follows. */
const MOST_LINKS = 40;

/** The path that a write to `path` has to replace: what the link there leads to, whether that exists or not. */
export async function followLinks(path: string): Promise<string> {
  let at = resolve(path);
  for (let links = 0; links < MOST_LINKS; links++) {
    const next = await readlink(at).catch(() => null);
    if (next === null) return at;
    at = resolve(dirname(at), next);
  }
  throw Object.assign(new Error(`${path} leads through too many links`), { code: 'ELOOP' });
}
