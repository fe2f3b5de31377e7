import { open, readFile, stat } from 'node:fs/promises';
import { dirname, isAbsolute, resolve } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { ProblemError } from '../errors.ts';
import { fileProblem } from './fileProblem.ts';

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
    message: `“${path.replaceAll('\0', '\\0')}” is not a whole path. Give it from the root of the disk, such as ${resolve('/home/me/network.loom')}.`,
  });
}

/** Text of the document at `path`. Throws a ProblemError when it is missing, too large, not a file, or not UTF-8 text. */
export async function openDocument(given: string): Promise<{ path: string; text: string }> {
  const path = wholePath(given);
  let bytes: Buffer;
  try {
    // Checked before reading: a pipe or device would never end, a huge file would fill the memory.
    const stats = await stat(path);
    if (stats.isDirectory()) throw Object.assign(new Error('is a folder'), { code: 'EISDIR' });
    if (!stats.isFile()) throw new Error('it is not a regular file. Choose a .loom file');
    if (stats.size > MAX_DOCUMENT_BYTES) throw tooLarge('open', path, stats.size);
    bytes = await readFile(path);
  } catch (error) {
    throw fileProblem('open', path, error);
  }
  try {
    return { path, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    throw new ProblemError({
      code: 'not-text',
      title: 'Not a design',
      message: `Cannot open ${path}: it is not UTF-8 text, so it is not a Layerloom design. Choose a .loom file.`,
      facts: { path },
    });
  }
}

/** Writes the text so that at every moment the file is wholly old or wholly new. */
export async function saveDocument(given: string, text: string): Promise<{ path: string }> {
  const path = wholePath(given);
  const bytes = Buffer.byteLength(text);
  if (bytes > MAX_DOCUMENT_BYTES) throw tooLarge('save', path, bytes);
  try {
    const stats = await stat(path).catch(() => null);
    if (stats?.isDirectory()) throw Object.assign(new Error('is a folder'), { code: 'EISDIR' });
    // The rename below would replace a write-protected file all the same; its owner protected it for a reason.
    if (stats) await (await open(path, 'r+')).close();
    else await stat(dirname(path));
    await writeFileAtomic(path, text);
  } catch (error) {
    throw fileProblem('save', path, error);
  }
  return { path };
}
