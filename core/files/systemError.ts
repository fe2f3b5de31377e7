import { ProblemError } from '../errors.ts';

const REASONS: { readonly [code: string]: string } = {
  ENOENT: 'it does not exist. It may have been moved, renamed or deleted',
  EACCES: 'you have no permission for it. Check the permissions of the file and its folder',
  EPERM: 'the system does not permit it. Check the permissions of the file and its folder',
  EISDIR: 'it is a folder, not a file. Choose a file',
  ENOTDIR: 'a part of its path is a file, not a folder. Check the path',
  ENOSPC: 'the disk is full. Free some space and try again',
  EDQUOT: 'the space that you may use on this disk is used up. Free some and try again',
  EFBIG: 'the file is larger than this disk can hold in one file. Choose another disk',
  EROFS: 'the disk can only be read. Choose another place',
  EIO: 'the disk reported an error. Check it, or choose another place',
  EBUSY: 'another program is using it. Close that and try again',
  ELOOP: 'its links lead in a circle. Check the path',
  EMFILE: 'too many files are open. Close some programs and try again',
  ENAMETOOLONG: 'its name is too long. Choose a shorter one',
};

/** The system's code of an error (`ENOSPC`); empty when it has none. */
function systemCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** Why the system refused, and what to do, to follow a colon: "the disk is full. Free some space and try again". */
export function systemReason(error: unknown): string {
  return REASONS[systemCode(error)] ?? (error instanceof Error ? error.message : String(error));
}

const CODES: { readonly [system: string]: string } = {
  ENOENT: 'file-not-found',
  ENOSPC: 'disk-full',
  EDQUOT: 'disk-full',
};

/** A system error while doing `verb` ("open", "save") to `path`, as a problem with the reason and what to do. */
export function fileProblem(verb: string, path: string, error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  const system = systemCode(error);
  const code = CODES[system] ?? 'file-error';
  return new ProblemError({
    code,
    title: code === 'file-not-found' ? 'File not found' : code === 'disk-full' ? 'Disk full' : `Cannot ${verb}`,
    message: `Cannot ${verb} ${path}: ${systemReason(error)}.`,
    facts: { path, system },
  });
}
