import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { recoverEngines } from '../engine/node.ts';
import { mendModes, PRIVATE_FOLDER, sweepTemporaries } from '../files/node.ts';
import { sweepRuns } from '../runs/node.ts';

/** Folders in it that hold files of ours alone, with the levels below them. Engines and browsers keep modes of their own in theirs. */
const OWN: { readonly [name: string]: number } = { autosave: 1, measured: 1, runs: 2 };

/** Earlier versions wrote by way of `<file>.<number>`; in these folders nobody else gives a file such a name. */
const OLD_TEMPORARY = /\.(json|jsonl|safetensors)\.\d{4,10}$/;
const SURELY_OVER_MS = 60 * 60 * 1000;

/**
 * Makes the data folder fit to start on: there, for its user alone, and without what killed programs left half written.
 * @throws the system's error when it cannot be made
 */
export async function openDataFolder(home: string): Promise<void> {
  await mkdir(join(home, 'runs'), { recursive: true, mode: PRIVATE_FOLDER });
  await mendModes(home, 1);
  await Promise.all(Object.entries(OWN).map(([name, depth]) => mendModes(join(home, name), depth)));
  const runs = await readdir(join(home, 'runs'), { withFileTypes: true }).catch(() => []);
  const folders = [
    '.',
    'autosave',
    'measured',
    ...runs.filter((run) => run.isDirectory()).map(({ name }) => join('runs', name)),
  ];
  for (const folder of folders) await sweepOld(join(home, folder));
  await sweepRuns(join(home, 'runs'));
  await Promise.all(folders.map((folder) => sweepTemporaries(join(home, folder))));
  await recoverEngines(home);
}

async function sweepOld(folder: string): Promise<void> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => OLD_TEMPORARY.test(name));
  for (const path of names.map((name) => join(folder, name))) {
    const stats = await stat(path).catch(() => null);
    if (stats && Date.now() - stats.mtimeMs > SURELY_OVER_MS) await rm(path, { force: true }).catch(() => undefined);
  }
}
