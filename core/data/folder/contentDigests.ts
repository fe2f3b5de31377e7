import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';

/** Files read at once: enough to keep a disk busy, few enough that their pieces take no memory to speak of. */
const AT_ONCE = 16;
/** Characters of a digest: 96 bits of SHA-256, which no two pictures of a folder share by accident. */
const DIGEST_LENGTH = 16;
/** Files remembered while the process lives. */
const REMEMBERED = 500_000;

const known = new Map<string, { readonly stamp: string; readonly digest: string }>();

/**
 * What a file is told apart from an earlier state of it by, without reading it: also where its size and its time of writing were made to
 * agree, the time of its last change, which no program can set, does not. Null of what is gone.
 */
export async function fileStamp(file: string): Promise<string | null> {
  try {
    const { dev, ino, size, mtimeNs, ctimeNs } = await stat(file, { bigint: true });
    return [dev, ino, size, mtimeNs, ctimeNs].join(' ');
  } catch {
    return null;
  }
}

/**
 * A digest of each file's content (SHA-256, the first 96 bits in base64); empty of what cannot be read. Files are read piece by piece, and
 * not again by the same process while nothing touches them.
 */
export async function contentDigests(files: readonly string[], signal?: AbortSignal): Promise<string[]> {
  const digests: string[] = files.map(() => '');
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < files.length) {
      signal?.throwIfAborted();
      const at = next++;
      digests[at] = await digestOf(files[at] ?? '');
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return digests;
}

async function digestOf(file: string): Promise<string> {
  const stamp = await fileStamp(file);
  if (stamp === null) return '';
  const before = known.get(file);
  if (before?.stamp === stamp) return before.digest;
  try {
    const hash = createHash('sha256');
    for await (const piece of createReadStream(file)) hash.update(piece);
    const digest = hash.digest('base64').slice(0, DIGEST_LENGTH);
    if (known.size >= REMEMBERED) known.clear();
    known.set(file, { stamp, digest });
    return digest;
  } catch {
    return '';
  }
}
