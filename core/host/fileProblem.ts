import { ProblemError } from '../errors.ts';

const reasons: { readonly [code: string]: string } = {
  ENOENT: 'it does not exist. It may have been moved, renamed or deleted',
  EACCES: 'you have no permission for it. Check the permissions of the file and its folder',
  EPERM: 'the system does not permit it. Check the permissions of the file and its folder',
  EISDIR: 'it is a folder, not a file. Choose a file',
  ENOTDIR: 'a part of its path is a file, not a folder. Check the path',
  ENOSPC: 'the disk is full. Free some space and try again',
  EROFS: 'the disk can only be read. Choose another place',
  EMFILE: 'too many files are open. Close some programs and try again',
  ENAMETOOLONG: 'its name is too long. Choose a shorter one',
};

/** A system error while doing `verb` ("open", "save") to `path`, as a problem with the reason and what to do. */
export function fileProblem(verb: string, path: string, error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  const reason = reasons[code] ?? (error instanceof Error ? error.message : String(error));
  return new ProblemError({
    code: code === 'ENOENT' ? 'file-not-found' : 'file-error',
    title: code === 'ENOENT' ? 'File not found' : `Cannot ${verb}`,
    message: `Cannot ${verb} ${path}: ${reason}.`,
    facts: { path, system: code },
  });
}
