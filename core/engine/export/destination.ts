import { chmod, lstat, mkdir, readdir, readFile, rename, rm, rmdir, stat } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { ProblemError } from '../../errors.ts';
import {
  fileProblem,
  flushFolder,
  isTemporary,
  sweepTemporaries,
  temporaryName,
  writeWhole,
} from '../../files/node.ts';
import { type ExportFormat, exportFormat } from '../../formats/index.ts';
import type { MadeFile } from './files.ts';

/**
 * Checks, before the work is done, that `path` can take the export.
 * @throws ProblemError `export-path`, saying what is in the way
 */
export async function checkDestination(format: ExportFormat, path: string): Promise<void> {
  const [extension] = exportFormat(format).extensions;
  const parent = dirname(resolve(path));
  if (!(await stat(parent).catch(() => null))?.isDirectory())
    throw inTheWay(path, `the folder ${parent} does not exist. Make it first, or choose another`);
  const there = await stat(path).catch(() => null);
  if (extension === undefined) {
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
  if (extname(path) !== `.${extension}`)
    throw inTheWay(path, `its name must end in .${extension}, by which Keras and Python know it`);
}

/** Files of an earlier export may be replaced by the next. */
function ours(name: string): boolean {
  return name === 'model.json' || /^group\d+-shard\d+of\d+(-[0-9a-f]{16})?\.bin$/.test(name) || isTemporary(name);
}

/**
 * Writes the files. Whenever the process is killed, what leads to the others (the file that was chosen, or `model.json`) leads to an
 * export that is wholly the old one or wholly the new one.
 * @throws ProblemError `export-path`, or the system's reason (`disk-full`, `file-error`)
 */
export async function writeExport(format: ExportFormat, path: string, files: readonly MadeFile[]): Promise<void> {
  try {
    if (exportFormat(format).extensions.length === 0) await writeFolder(path, files);
    else await writeBeside(path, files);
  } catch (thrown) {
    throw fileProblem('export to', path, thrown);
  }
}

async function writeBeside(path: string, files: readonly MadeFile[]): Promise<void> {
  const folder = dirname(path);
  for (const { name, bytes } of files) if (name !== '') await checkCompanion(folder, name, bytes);
  await sweepTemporaries(folder);
  for (const { name, bytes } of files.toReversed()) await writeWhole(name === '' ? path : join(folder, name), bytes);
}

/** A new folder is filled beside its place and takes it whole. In an old one, new files come beside the old, which go in the end. */
async function writeFolder(path: string, files: readonly MadeFile[]): Promise<void> {
  await sweepTemporaries(dirname(path));
  const old = (await readdir(path).catch(() => [])).filter(ours);
  if (old.length === 0 && (await placeFolder(path, files))) return;
  await sweepTemporaries(path);
  for (const { name, bytes } of files.toReversed()) await writeWhole(join(path, name), bytes);
  const kept = new Set(files.map(({ name }) => name));
  for (const name of old) if (!kept.has(name)) await rm(join(path, name), { recursive: true, force: true });
}

/** @returns false where the folder is there and cannot be replaced: it is a disk's root, or a link */
async function placeFolder(path: string, files: readonly MadeFile[]): Promise<boolean> {
  const there = await lstat(path).catch(() => null);
  if (there?.isSymbolicLink()) return false;
  const making = join(dirname(path), temporaryName());
  try {
    await mkdir(making);
    if (there) await chmod(making, there.mode & 0o7777);
    for (const { name, bytes } of files.toReversed()) await writeWhole(join(making, name), bytes);
    if (there && process.platform === 'win32') await rmdir(path);
    await rename(making, path);
    await flushFolder(dirname(path));
    return true;
  } catch (error) {
    await rm(making, { recursive: true, force: true }).catch(() => undefined);
    if (there && error instanceof Error && 'code' in error && IN_PLACE.has(error.code)) return false;
    throw error;
  }
}

/** What systems answer where an empty folder cannot be renamed over, or its parent not be written to. */
const IN_PLACE: ReadonlySet<unknown> = new Set(['EBUSY', 'EPERM', 'EACCES', 'EEXIST', 'ENOTEMPTY', 'EXDEV', 'EROFS']);

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
