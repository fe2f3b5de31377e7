import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { type Problem, ProblemError } from '../../errors.ts';
import { PRIVATE_FILE, PRIVATE_FOLDER, temporaryName, writeWhole } from '../../files/node.ts';
import { takeLock } from '../../locks/node.ts';
import type { InstallProgress } from '../protocol.ts';
import { compileBinding } from './compile.ts';
import { type DownloadProgress, downloadWheel, isNoSpace } from './download.ts';
import { recoverEngines } from './leftovers.ts';
import { engineDirName, enginesDir, findInstalledTensorflow, type InstalledEngine, MANIFEST } from './location.ts';
import { type Release, releaseFor, TENSORFLOW_VERSION, type Wheel } from './release.ts';
import { unpackWheel } from './unpack.ts';

export interface InstallOptions {
  readonly home: string;
  /** A file inside the installation whose node_modules holds the npm packages (the engine's own file). */
  readonly anchor: string;
  readonly onProgress: (progress: Omit<InstallProgress, 'name'>) => void;
  readonly signal: AbortSignal;
  /** Trains a tiny net with the engine in this folder, in a process of its own; throws when it does not learn. */
  readonly check: (dir: string, signal: AbortSignal) => Promise<void>;
  /** For tests: another release than the pinned one. */
  readonly release?: Release;
}

/**
 * Installs TensorFlow's native library into `<home>/engines/tensorflow-<version>-…`. Everything happens in a folder beside it that
 * takes its name in one rename at the very end: interrupted or failed, what was there before is still there.
 * @throws ProblemError with the reason; `install-elsewhere` where another program is at it; an aborted signal throws `engine-cancelled`.
 */
export function installTensorflow(options: InstallOptions): Promise<InstalledEngine> {
  return alone(options.home, () => install(options));
}

async function install(options: InstallOptions): Promise<InstalledEngine> {
  const { home, signal } = options;
  const root = enginesDir(home);
  let partial: string | null = null;
  try {
    const release = options.release ?? pick();
    await mkdir(root, { recursive: true, mode: PRIVATE_FOLDER });
    await recoverEngines(home);
    await checkSpace(root, release);
    partial = join(root, temporaryName());
    await mkdir(partial, { mode: PRIVATE_FOLDER });
    await fill(partial, release, options);
    signal.throwIfAborted();
    const manifest = {
      version: TENSORFLOW_VERSION,
      variant: release.variant,
      wheels: release.wheels.map(({ file, sha256 }) => ({ file, sha256 })),
      installedAt: new Date().toISOString(),
      bytes: await sizeOnDisk(partial),
    };
    await writeWhole(join(partial, MANIFEST), JSON.stringify(manifest, null, 2), { mode: PRIVATE_FILE });
    const target = join(root, engineDirName(release.variant));
    await replaceFolder(target, partial);
    partial = null;
    options.onProgress({ step: 'done', message: `TensorFlow ${TENSORFLOW_VERSION} is installed.`, fraction: 1 });
    return { ...manifest, dir: target };
  } catch (thrown) {
    throw new ProblemError(explain(thrown, signal, home));
  } finally {
    if (partial !== null) await rm(partial, { recursive: true, force: true });
  }
}

/**
 * Removes the installed engine. Answers whether there was one.
 * @throws ProblemError `install-elsewhere` while another program installs or removes it
 */
export function uninstallTensorflow(home: string): Promise<boolean> {
  return alone(home, async () => {
    const found = findInstalledTensorflow(home);
    if (found === null) return false;
    await rm(found.dir, { recursive: true, force: true });
    return true;
  });
}

/** Does what changes the installed engine while no other program does. */
async function alone<T>(home: string, work: () => Promise<T>): Promise<T> {
  const taken = await takeLock(home, 'engine tensorflow', { what: 'another Layerloom program' });
  if (taken.lock === null)
    throw new ProblemError({
      code: 'install-elsewhere',
      title: 'Install under way',
      message: `TensorFlow is being installed or removed by ${taken.holder.what}${taken.holder.pid > 0 ? ` (process ${taken.holder.pid})` : ''}. Wait until it is done, then try again.`,
      facts: { pid: taken.holder.pid },
    });
  try {
    return await work();
  } finally {
    await taken.lock.release();
  }
}

function pick(): Release {
  const release = releaseFor(process.platform, process.arch, existsSync('/proc/driver/nvidia/version'));
  if (!release.ok) throw new ProblemError(release.error);
  return release.value;
}

async function fill(dir: string, release: Release, options: InstallOptions): Promise<void> {
  const { signal, onProgress } = options;
  // Downloading takes most of the time; the shares only have to feel right.
  const total = release.wheels.reduce((sum, w) => sum + w.bytes, 0);
  let before = 0;
  for (const wheel of release.wheels) {
    const progress: DownloadProgress = (done) =>
      onProgress({
        step: 'download',
        message: downloadMessage(wheel, done),
        fraction: done === null ? null : (0.7 * (before + done)) / total,
      });
    const path = await downloadWheel(wheel, dir, progress, signal);
    before += wheel.bytes;
    onProgress({
      step: 'unpack',
      message: `Unpacking ${wheel.project} ${wheel.version}`,
      fraction: (0.7 * before) / total,
    });
    await unpackWheel(path, dir, signal, release.peakBytes);
    await rm(path);
  }
  onProgress({ step: 'compile', message: 'Compiling the binding to Node', fraction: 0.8 });
  await compileBinding(dir, options.anchor, signal);
  await rm(join(dir, 'tensorflow', 'include'), { recursive: true, force: true });
  onProgress({ step: 'check', message: 'Training a tiny network to check it', fraction: 0.95 });
  await options.check(dir, signal);
}

function downloadMessage(wheel: Wheel, done: number | null): string {
  const all = Math.round(wheel.bytes / 1e6);
  return `Downloading ${wheel.project} ${wheel.version}: ${done === null ? `${all} MB` : `${Math.round(done / 1e6)} of ${all} MB`}`;
}

async function checkSpace(root: string, release: Release): Promise<void> {
  const { bavail, bsize } = await statfs(root);
  const free = bavail * bsize;
  if (free >= release.peakBytes) return;
  throw new ProblemError({
    code: 'engine-disk-space',
    title: 'Not enough disk space',
    message: `Installing TensorFlow takes ${gigabytes(release.peakBytes)} at its peak (${gigabytes(release.installedBytes)} afterwards), but only ${gigabytes(free)} is free in ${root}. Free some space, or set LAYERLOOM_HOME to a folder on a larger disk.`,
    facts: { needed: release.peakBytes, free },
  });
}

async function replaceFolder(target: string, by: string): Promise<void> {
  if (!existsSync(target)) return await rename(by, target);
  // Killed between these two, `recoverEngines` finds both beside the place, whole.
  const old = join(target, '..', temporaryName());
  await rename(target, old);
  await rename(by, target);
  await rm(old, { recursive: true, force: true });
}

async function sizeOnDisk(dir: string): Promise<number> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  const files = entries.filter((e) => e.isFile());
  const sizes = await Promise.all(files.map(async (e) => (await stat(join(e.parentPath, e.name))).size));
  return sizes.reduce((a, b) => a + b, 0);
}

function explain(thrown: unknown, signal: AbortSignal, home: string): Problem {
  if (signal.aborted)
    return problem(
      'engine-cancelled',
      'Cancelled',
      'Installing TensorFlow was cancelled. Nothing was changed.',
      'info',
    );
  if (isNoSpace(thrown))
    return problem(
      'engine-disk-space',
      'Disk full',
      `The disk ran full while TensorFlow was being installed in ${enginesDir(home)}. What had been written was removed; free some space and try again.`,
    );
  if (thrown instanceof ProblemError) return thrown.problem;
  const reason = thrown instanceof Error ? thrown.message : String(thrown);
  return problem(
    'engine-install',
    'Not installed',
    `TensorFlow could not be installed: ${reason}. What was there before is unchanged.`,
  );
}

function problem(code: string, title: string, message: string, severity: Problem['severity'] = 'error'): Problem {
  return { code, severity, title, message };
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(1)} GB`;
}
