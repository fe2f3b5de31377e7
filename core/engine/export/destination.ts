import { mkdir, readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { ProblemError } from '../../errors.ts';
import { fileProblem, writeWhole } from '../../files/node.ts';
import type { ExportFormat } from '../protocol.ts';
import type { MadeFile } from './files.ts';

/** What the chosen path must end in; a TensorFlow.js export is a folder. */
const EXTENSIONS: { readonly [F in ExportFormat]: string | null } = {
  tfjs: null,
  keras: '.keras',
  'keras-code': '.py',
};

/**
 * Checks, before the work is done, that `path` can take the export.
 * @throws ProblemError `export-path`, saying what is in the way
 */
export async function checkDestination(format: ExportFormat, path: string): Promise<void> {
  const extension = EXTENSIONS[format];
  const parent = dirname(resolve(path));
  if (!(await stat(parent).catch(() => null))?.isDirectory())
    throw inTheWay(path, `the folder ${parent} does not exist. Make it first, or choose another`);
  const there = await stat(path).catch(() => null);
  if (extension === null) {
    if (!there) return;
    if (!there.isDirectory()) throw inTheWay(path, 'there is a file of that name. Choose a new folder');
    const strange = (await readdir(path).catch(() => [])).filter((name) => !ours(name));
    if (strange.length === 0) return;
    throw inTheWay(
      path,
      `the folder already holds other things (${strange.slice(0, 3).join(', ')}${strange.length > 3 ? ', …' : ''}). Choose a new or an empty folder`,
    );
  }
  if (there?.isDirectory()) throw inTheWay(path, 'it is a folder. Give the name of a file in it');
  if (extname(path) !== extension)
    throw inTheWay(path, `its name must end in ${extension}, by which Keras and Python know it`);
}

/** Files of an earlier export may be replaced by the next. */
function ours(name: string): boolean {
  return name === 'model.json' || /^group\d+-shard\d+of\d+\.bin$/.test(name);
}

/**
 * Writes the files; each replaces an old one only when it is whole. The file that leads to the others comes last.
 * @throws ProblemError `export-path`, or the system's reason (`disk-full`, `file-error`)
 */
export async function writeExport(format: ExportFormat, path: string, files: readonly MadeFile[]): Promise<void> {
  const folder = EXTENSIONS[format] === null ? path : dirname(path);
  for (const { name, bytes } of files) if (name !== '' && format !== 'tfjs') await checkCompanion(folder, name, bytes);
  try {
    if (format === 'tfjs') await mkdir(path, { recursive: true });
    for (const { name, bytes } of files.toReversed()) await writeWhole(name === '' ? path : join(folder, name), bytes);
  } catch (thrown) {
    throw fileProblem('export to', path, thrown);
  }
}

/** A data file that goes with a program must not replace a person's own file of that name. */
async function checkCompanion(folder: string, name: string, bytes: Uint8Array): Promise<void> {
  const there = await readFile(join(folder, name)).catch(() => null);
  if (there === null || there.equals(bytes)) return;
  throw inTheWay(
    join(folder, name),
    `the program needs its data in ${name} beside it, and another file of that name is there. Choose another folder`,
  );
}

function inTheWay(path: string, why: string): ProblemError {
  return new ProblemError({
    code: 'export-path',
    title: 'Where to export',
    message: `Cannot export to ${basename(path) === path ? path : resolve(path)}: ${why}.`,
    facts: { path },
  });
}
