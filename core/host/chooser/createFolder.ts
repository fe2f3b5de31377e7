import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ProblemError } from '../../errors.ts';
import { fileProblem } from '../../files/node.ts';
import { shorten } from '../../shorten.ts';
import { wholePath } from '../documentFiles.ts';

/** Makes a new folder in `directory` and returns its path. Throws a ProblemError where that cannot be. */
export async function createFolder(directory: string, given: string): Promise<string> {
  const name = given.trim();
  // One step down and nowhere else; what Windows refuses in names is refused everywhere, so that a folder can be moved.
  if (name === '' || name.length > 255 || name === '.' || name === '..' || /[\\/:*?"<>|\p{Cc}]/u.test(name))
    throw new ProblemError({
      code: 'folder-name',
      title: 'Name of the folder',
      message: `“${shorten(name)}” cannot be the name of a folder. Use at most 255 letters, digits, spaces and - _ . without any of \\ / : * ? " < > |.`,
    });
  const path = join(wholePath(directory), name);
  try {
    await mkdir(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST')
      throw new ProblemError({
        code: 'folder-exists',
        title: 'Folder exists',
        message: `There is a “${name}” in ${directory} already. Choose another name, or open that folder.`,
        facts: { path },
      });
    throw fileProblem('make', path, error);
  }
  return path;
}
