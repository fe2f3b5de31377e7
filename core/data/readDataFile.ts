import { constants } from 'node:buffer';
import { readFile, stat } from 'node:fs/promises';
import { basename, isAbsolute, resolve } from 'node:path';
import { ProblemError } from '../errors.ts';

/** Larger tables do not fit in memory as they are kept; V8's longest string is a few bytes shorter. */
const MAX_FILE_BYTES = Math.min(512 * 1024 * 1024, constants.MAX_STRING_LENGTH);

/** Where a data path of a design points: absolute, or relative to the design's folder. */
export function resolveDataPath(path: string, baseDir: string | null): string {
  if (isAbsolute(path)) return path;
  if (baseDir !== null) return resolve(baseDir, path);
  throw new ProblemError({
    code: 'data-path-relative',
    title: 'File not found',
    message: `The data file “${path}” is given relative to the design’s folder, but the design has not been saved yet. Save it, or choose the file again.`,
    facts: { path },
  });
}

/** @throws ProblemError `data-not-found`, `data-not-a-file`, `data-file-too-large` or `data-unreadable`, with the path. */
export async function readDataFile(path: string): Promise<Uint8Array> {
  const name = basename(path);
  try {
    const info = await stat(path);
    if (!info.isFile()) {
      throw new ProblemError({
        code: 'data-not-a-file',
        title: 'Not a file',
        message: `“${path}” is a folder, not a CSV file. Choose a file.`,
        facts: { path },
      });
    }
    if (info.size > MAX_FILE_BYTES) {
      throw new ProblemError({
        code: 'data-file-too-large',
        title: 'File too large',
        message: `“${name}” has ${Math.ceil(info.size / 1024 / 1024).toLocaleString('en')} MiB; at most 512 MiB can be read. Use a part of its rows or columns.`,
        facts: { path, bytes: info.size, limit: MAX_FILE_BYTES },
      });
    }
    return await readFile(path);
  } catch (thrown) {
    if (thrown instanceof ProblemError) throw thrown;
    const missing =
      thrown instanceof Error && 'code' in thrown && (thrown.code === 'ENOENT' || thrown.code === 'ENOTDIR');
    throw new ProblemError({
      code: missing ? 'data-not-found' : 'data-unreadable',
      title: missing ? 'File not found' : 'File cannot be read',
      message: missing
        ? `There is no file “${path}”. It may have been moved or renamed; choose it again.`
        : `“${path}” cannot be read: ${thrown instanceof Error ? thrown.message : String(thrown)}.`,
      facts: { path },
    });
  }
}
