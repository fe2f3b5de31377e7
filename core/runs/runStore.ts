import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { type LoomDocument, serialiseDocument } from '../document/index.ts';
import { ProblemError, toProblem } from '../errors.ts';
import { fileModeIn, fileProblem, writeWhole } from '../files/node.ts';
import { RUN_FILES } from './files.ts';
import { goesOnFrom } from './goesOnFrom.ts';
import { folderDone, newFolder } from './newFolder.ts';
import { brokenRecord, newRecord } from './newRecord.ts';
import { type Ownership, ownership, SHORT_PATIENCE_MS, trainedElsewhere } from './ownership.ts';
import type { MetricPoint, RunRecord } from './record.ts';
import { appendMetrics, readMetrics, readRecord, updateRecord, writeRecord } from './runFolder.ts';
import { isActive } from './standing.ts';

const RUN_ID = /^[A-Za-z0-9_-]{1,80}$/;

/** The folder of all runs. */
export interface RunStore {
  readonly runsDir: string;
  /** The folder of a run. Throws ProblemError `run-not-found` for what cannot be an id (a path, say). */
  dir(id: string): string;
  /**
   * Makes the folder of a new run, with `run.json` (status `starting`) and `design.loom`, claimed by this process.
   * @param dir folder to use instead of a new one under `runsDir`; it must not exist or be empty
   */
  create(
    document: LoomDocument,
    documentPath: string | null,
    dir?: string,
  ): Promise<{ record: RunRecord; dir: string }>;
  /** All runs, newest first. A run whose record is damaged is listed as failed, so that it can be deleted. */
  list(): Promise<RunRecord[]>;
  /** The record of a run. */
  read(id: string): Promise<RunRecord>;
  /** Every point of a run's curves. */
  readMetrics(id: string): Promise<MetricPoint[]>;
  /** Text of the design as trained. */
  readDocument(id: string): Promise<string>;
  /** Atomic; keeps the name on disk. Returns the record as written. */
  update(dir: string, record: RunRecord): Promise<RunRecord>;
  /** Adds points to a run's curves. */
  appendMetrics(dir: string, points: readonly MetricPoint[]): Promise<void>;
  /**
   * Makes this process answer for the run: before an interrupted or stopped run goes on.
   * @throws ProblemError `run-elsewhere` when another one does
   */
  claim(dir: string): Promise<void>;
  /** Lets go of a run when it has ended. The end of the process does too. */
  release(dir: string): Promise<void>;
  /** Who else trains the run now; null when nobody does, or this process. */
  elsewhere: Ownership['elsewhere'];
  /** Gives a run another name; answers with its record. */
  rename(id: string, name: string): Promise<RunRecord>;
  /** Deletes the folder. Throws ProblemError `run-elsewhere` while another process trains it; of its own the caller knows. */
  delete(id: string): Promise<void>;
  /**
   * Runs that a dead process left as starting, running or paused become `interrupted`.
   * @param patience milliseconds that an engine whose shell was killed is given to end
   * @returns the records it changed
   */
  recover(patience?: number): Promise<RunRecord[]>;
  /** The same for one run, when its engine has died under a living host. Null when it was not active. */
  interrupt(dir: string, message: string, details?: string): Promise<RunRecord | null>;
}

/**
 * The runs under a folder, `<home>/runs`. The folder is made when the first run is.
 * @param what this program, as others are told who trains a run: "the command line"
 */
export function runStore(runsDir: string, what = 'another Layerloom program'): RunStore {
  const owned = ownership(runsDir, what);
  const folderOf = (id: string): string => {
    if (!RUN_ID.test(id)) throw notFound(id);
    return join(runsDir, id);
  };

  const list = async (): Promise<RunRecord[]> => {
    const entries = await readdir(runsDir, { withFileTypes: true }).catch(() => []);
    const folders = entries.filter((entry) => entry.isDirectory() && RUN_ID.test(entry.name));
    const records = await Promise.all(folders.map((entry) => readOrBroken(join(runsDir, entry.name))));
    return records
      .filter((record) => record !== null)
      .sort((a, b) => (a.createdAt < b.createdAt ? 1 : a.createdAt > b.createdAt ? -1 : a.id < b.id ? 1 : -1));
  };

  const read = async (id: string): Promise<RunRecord> => readRecord(folderOf(id));

  const interrupt = async (
    dir: string,
    message: string | ((record: RunRecord) => string),
    details?: string,
  ): Promise<RunRecord | null> => {
    const record = await readRecord(dir).catch(() => null);
    if (record === null || !isActive(record)) return null;
    const problem = {
      code: 'run-interrupted',
      title: 'Interrupted',
      message: typeof message === 'string' ? message : message(record),
      ...(details !== undefined && { details }),
    };
    return updateRecord(dir, { ...record, status: 'interrupted', problem });
  };

  return {
    runsDir,
    dir: folderOf,
    list,
    read,
    interrupt,
    update: updateRecord,
    appendMetrics,
    claim: owned.claim,
    release: owned.release,
    elsewhere: owned.elsewhere,

    async create(document, documentPath, dir) {
      const createdAt = new Date();
      const folder =
        dir === undefined
          ? await newFolder(runsDir, document.name, createdAt).catch((error) => {
              throw fileProblem('make a run in', runsDir, error);
            })
          : await emptyFolder(dir);
      const record = newRecord(basename(folder), document, documentPath, createdAt, await list());
      try {
        await writeWhole(join(folder, RUN_FILES.document), serialiseDocument(document), { mode: fileModeIn(folder) });
        await owned.claim(folder);
        // Last, so that a folder with a record is a whole one.
        await writeRecord(folder, record);
        if (dir === undefined) await folderDone(folder);
      } catch (error) {
        await owned.release(folder);
        await rm(folder, { recursive: true, force: true }).catch(() => undefined);
        throw fileProblem('make a run in', folder, error);
      }
      return { record, dir: folder };
    },

    readMetrics: async (id) => readMetrics(folderOf(id)),

    async readDocument(id) {
      const dir = folderOf(id);
      try {
        return await readFile(join(dir, RUN_FILES.document), 'utf8');
      } catch (error) {
        throw new ProblemError({
          code: 'run-broken',
          title: 'Damaged run',
          message: `The design of run “${id}” cannot be read: ${error instanceof Error ? error.message : String(error)}.`,
          facts: { run: id },
        });
      }
    },

    async rename(id, name) {
      const dir = folderOf(id);
      const record = { ...(await readRecord(dir)), name };
      await writeRecord(dir, record);
      return record;
    },

    async delete(id) {
      const dir = folderOf(id);
      if ((await stat(dir).catch(() => null)) === null) throw notFound(id);
      const name = (await readRecord(dir).catch(() => null))?.name ?? id;
      const other = await owned.elsewhere(dir, SHORT_PATIENCE_MS);
      if (other !== null) throw trainedElsewhere(name, other);
      // Held while it is deleted, so that nobody resumes it meanwhile.
      await owned.claim(dir);
      try {
        await rm(dir, { recursive: true, force: true });
      } finally {
        await owned.release(dir);
      }
    },

    async recover(patience = SHORT_PATIENCE_MS) {
      const changed: RunRecord[] = [];
      for (const record of await list()) {
        const dir = join(runsDir, record.id);
        if (!isActive(record) || owned.isOwn(dir)) continue;
        if (await owned.elsewhere(dir, patience)) continue;
        try {
          await owned.claim(dir);
        } catch {
          continue; // Somebody resumes it at this moment, or the disk refuses.
        }
        try {
          const next = await interrupt(dir, programEnded);
          if (next !== null) changed.push(next);
        } catch {
          // The disk refuses: it is tried again the next time.
        } finally {
          await owned.release(dir);
        }
      }
      return changed;
    },
  };
}

function programEnded(record: RunRecord): string {
  const where = record.epoch > 0 ? `after ${record.epoch} of ${record.epochs} epochs` : 'in its first epoch';
  return `The program that trained this run ended ${where}. ${goesOnFrom(record)}`;
}

async function emptyFolder(dir: string): Promise<string> {
  const path = resolve(dir);
  let entries: string[];
  try {
    await mkdir(path, { recursive: true });
    entries = await readdir(path);
  } catch (error) {
    throw new ProblemError({
      code: 'run-folder',
      title: 'Folder cannot be used',
      message: `“${path}” cannot be made the run’s folder: ${error instanceof Error ? error.message : String(error)}.`,
      facts: { dir: path },
    });
  }
  if (entries.length === 0) return path;
  throw new ProblemError({
    code: 'run-folder-not-empty',
    title: 'Folder not empty',
    message: `“${path}” is not empty, and a run needs a folder of its own. Choose a new folder.`,
    facts: { dir: path },
  });
}

async function readOrBroken(dir: string): Promise<RunRecord | null> {
  const id = basename(dir);
  try {
    return await readRecord(dir);
  } catch (error) {
    const problem = toProblem(error);
    if (problem.code !== 'run-broken') return null;
    const info = await stat(dir).catch(() => null);
    return brokenRecord(id, (info?.mtime ?? new Date(0)).toISOString(), problem);
  }
}

function notFound(id: string): ProblemError {
  return new ProblemError({
    code: 'run-not-found',
    title: 'Run not found',
    message: `There is no run “${id}”.`,
    facts: { run: id },
  });
}
