import { readdir, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { ProblemError } from '../../errors.ts';

/**
 * Refuses to write over what is at `path` already, until somebody was asked. An empty folder is nothing that could be lost.
 * @throws ProblemError `export-exists`
 */
export async function refuseExisting(path: string): Promise<void> {
  const there = await stat(path).catch(() => null);
  if (there === null) return;
  const folder = there.isDirectory();
  if (folder && (await readdir(path)).length === 0) return;
  throw new ProblemError({
    code: 'export-exists',
    title: folder ? 'Folder exists' : 'File exists',
    message: folder
      ? `${path} holds a model already. Choose another folder, or say that “${basename(path)}” may be replaced.`
      : `${path} is there already. Choose another name, or say that it may be replaced.`,
    facts: { path },
  });
}
