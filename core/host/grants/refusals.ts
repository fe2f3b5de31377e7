import { basename, dirname } from 'node:path';
import { type FileQuestion, ProblemError } from '../../errors.ts';
import type { PathPurpose } from '../../pathSchema.ts';
import { shorten } from '../../shorten.ts';

type Asked = Exclude<PathPurpose, 'start'>;

const WORDS: {
  readonly [P in Asked]: readonly [message: string, fix: string, what: FileQuestion['what']] | readonly [string];
} = {
  design: [
    'Nothing was read or written. Open it in the file dialog: what is chosen there is given.',
    'Open it…',
    'design.open',
  ],
  designOfData: [
    'Nothing was read. Open it in the file dialog: what is chosen there is given.',
    'Open it…',
    'design.open',
  ],
  table: [
    'It lies outside the folder of the design, so it is read only after you have chosen it once. That is remembered with the design.',
    'Choose it…',
    'data.table',
  ],
  pictures: [
    'It lies outside the folder of the design, so it is read only after you have chosen it once. That is remembered with the design.',
    'Choose it…',
    'data.pictures',
  ],
  export: ['Nothing was written. Choose in the file dialog where it shall go.'],
};

/** What a window sent a path of that nobody has given to it. Says nothing of whether there is such a file. */
export function notGranted(purpose: Asked, path: string): ProblemError {
  const [what, label, choice] = WORDS[purpose];
  return new ProblemError({
    code: 'not-granted',
    title: 'Not given to the window',
    message: `“${shorten(path, 300)}” was never given to Layerloom’s window. ${what}`,
    facts: { path },
    ...(label !== undefined &&
      choice !== undefined && {
        fixes: [{ label, host: { method: 'dialog.show', params: question(choice, path) } }],
      }),
  });
}

/** The dialog that has a person choose this very file or folder. */
function question(what: FileQuestion['what'], path: string): FileQuestion {
  return what === 'data.pictures'
    ? { what, name: '', folder: path }
    : { what, name: basename(path), folder: dirname(path) };
}

/** A file of another kind than it is asked for. */
export function wrongEnding(path: string, called: string, extensions: readonly string[]): ProblemError {
  const endings = extensions.map((extension) => `.${extension}`).join(', ');
  return new ProblemError({
    code: 'file-kind',
    title: 'Another kind of file',
    message: `“${shorten(path, 300)}” cannot be taken for this: ${called} must end in ${endings}. Rename it if it is one, or choose another.`,
    facts: { path },
  });
}

export function notAFile(path: string): ProblemError {
  return new ProblemError({
    code: 'file-kind',
    title: 'Not a file',
    message: `“${shorten(path, 300)}” is a device, pipe or socket, not a regular file. Choose a file on a disk.`,
    facts: { path },
  });
}
