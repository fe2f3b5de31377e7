import { createHash } from 'node:crypto';
import { open, readFile, realpath, stat } from 'node:fs/promises';
import { dirname, isAbsolute, resolve } from 'node:path';
import { ProblemError } from '../errors.ts';
import { fileProblem, sweepTemporaries, writeWhole } from '../files/node.ts';
import { detectFormat, type FileFormat } from '../formats/index.ts';
import { shorten } from '../shorten.ts';

/** The largest document file that is opened or saved. */
export const MAX_DOCUMENT_BYTES = 64 * 2 ** 20;

const mebibytes = (bytes: number) => `${(bytes / 2 ** 20).toFixed(1)} MiB`;

function tooLarge(verb: string, path: string, bytes: number): ProblemError {
  return new ProblemError({
    code: 'file-too-large',
    title: 'File too large',
    message: `Cannot ${verb} ${path}: it has ${mebibytes(bytes)}, and a design may have at most ${mebibytes(MAX_DOCUMENT_BYTES)}. Trained weights and data belong in files of their own.`,
    facts: { path, bytes, limit: MAX_DOCUMENT_BYTES },
  });
}

/** Relative paths would depend on where the program was started, so only whole ones are taken. */
export function wholePath(path: string): string {
  if (isAbsolute(path) && !path.includes('\0')) return resolve(path);
  throw new ProblemError({
    code: 'path-not-absolute',
    title: 'Incomplete path',
    message: `“${shorten(path.replaceAll('\0', '\\0'), 300)}” is not a whole path. Give it from the root of the disk, such as ${resolve('/home/me/network.loom')}.`,
  });
}

/** What tells one content of a file from another: the SHA-256 of its bytes, in hexadecimal. */
export function fingerprintOf(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/** Fingerprint of the file as it is now; null when there is none. Throws a ProblemError when it cannot be read. */
export async function fileFingerprint(given: string): Promise<string | null> {
  try {
    return fingerprintOf(await readBytes(wholePath(given)));
  } catch (error) {
    if (error instanceof ProblemError && error.problem.code === 'file-not-found') return null;
    throw error;
  }
}

export interface OpenedDocument {
  readonly path: string;
  readonly text: string;
  readonly fingerprint: string;
}

/** Text of the document at `path`. Throws a ProblemError when it is missing, too large, not a file, of another known format, or not UTF-8 text. */
export async function openDocument(given: string): Promise<OpenedDocument> {
  const path = wholePath(given);
  const bytes = await readBytes(path);
  const format = detectFormat(bytes);
  if (format !== null && format.capabilities.design === undefined) throw otherFormat(path, format);
  await sweepBeside(path);
  try {
    return { path, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), fingerprint: fingerprintOf(bytes) };
  } catch {
    throw new ProblemError({
      code: 'not-text',
      title: 'Not a design',
      message: `Cannot open ${path}: it is not UTF-8 text, so it is not a Layerloom design. Choose a .loom file.`,
      facts: { path },
    });
  }
}

function otherFormat(path: string, { id, title, capabilities }: FileFormat): ProblemError {
  const made =
    capabilities.export === undefined ? '' : ' Designs are exported in this format, and cannot be made of it.';
  return new ProblemError({
    code: 'other-format',
    title: 'Not a design',
    message: `Cannot open ${path}: by its content it is a file of another kind, “${title}”.${made} Choose a .loom file.`,
    facts: { path, format: id },
  });
}

/** Removes what saves that were killed left beside a design. */
async function sweepBeside(path: string): Promise<void> {
  await sweepTemporaries(dirname(await realpath(path).catch(() => path)));
}

async function readBytes(path: string): Promise<Buffer> {
  try {
    // Checked before reading: a pipe or device would never end, a huge file would fill the memory.
    const stats = await stat(path);
    if (stats.isDirectory()) throw Object.assign(new Error('is a folder'), { code: 'EISDIR' });
    if (!stats.isFile()) throw new Error('it is not a regular file. Choose a .loom file');
    if (stats.size > MAX_DOCUMENT_BYTES) throw tooLarge('open', path, stats.size);
    return await readFile(path);
  } catch (error) {
    throw fileProblem('open', path, error);
  }
}

/** What the one who saves knows of the file: the fingerprint it was opened or saved with (null: it is new), or that it may be replaced whatever it holds. */
export type KnownFile = { readonly fingerprint: string | null } | 'replace';

const saving = new Map<string, Promise<unknown>>();

/** Saves of one file come one after the other, so that each is compared with what the one before it wrote. */
function afterOthers<T>(key: string, work: () => Promise<T>): Promise<T> {
  const mine = (saving.get(key) ?? Promise.resolve()).catch(() => undefined).then(work);
  saving.set(key, mine);
  const forget = () => {
    if (saving.get(key) === mine) saving.delete(key);
  };
  mine.then(forget, forget);
  return mine;
}

/**
 * Writes the text so that at every moment the file is wholly old or wholly new. A file that holds something else than what is
 * known of it is left as it is: `document-changed`, `document-exists`. One that was removed is written again.
 */
export async function saveDocument(
  given: string,
  text: string,
  known: KnownFile,
): Promise<{ path: string; fingerprint: string }> {
  const path = wholePath(given);
  const key = await realpath(path).catch(() => path);
  return afterOthers(key, async () => {
    if (known !== 'replace') await refuseOther(path, text, known.fingerprint);
    return write(path, text);
  });
}

async function refuseOther(path: string, text: string, known: string | null): Promise<void> {
  const there = await fileFingerprint(path);
  // What is there already is what shall be there: nothing of anyone's is lost.
  if (there === null || there === known || there === fingerprintOf(text)) return;
  throw new ProblemError(
    known === null
      ? {
          code: 'document-exists',
          title: 'File exists',
          message: `${path} is there already. Choose another name, or say that it may be replaced.`,
          facts: { path, fingerprint: there },
        }
      : {
          code: 'document-changed',
          title: 'Changed outside',
          message: `${path} was changed by another window or program since it was opened here. Nothing was saved, so that neither version is lost: keep yours, take the other, or save a copy.`,
          facts: { path, fingerprint: there },
        },
  );
}

async function write(path: string, text: string): Promise<{ path: string; fingerprint: string }> {
  const bytes = Buffer.byteLength(text);
  if (bytes > MAX_DOCUMENT_BYTES) throw tooLarge('save', path, bytes);
  try {
    const stats = await stat(path).catch(() => null);
    if (stats?.isDirectory()) throw Object.assign(new Error('is a folder'), { code: 'EISDIR' });
    // The rename below would replace a write-protected file all the same; its owner protected it for a reason.
    if (stats) await (await open(path, 'r+')).close();
    else await stat(dirname(path));
    await writeWhole(path, text);
    await sweepBeside(path);
  } catch (error) {
    throw fileProblem('save', path, error);
  }
  return { path, fingerprint: fingerprintOf(text) };
}
