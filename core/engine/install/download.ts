import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream as NodeReadableStream } from 'node:stream/web';
import { z } from 'zod';
import { ProblemError } from '../../errors.ts';
import type { Wheel } from './release.ts';

const INDEX = 'https://pypi.org/simple';

/** Called with bytes so far and in all, or with null where the tool at work does not tell. */
export type DownloadProgress = (done: number | null, total: number) => void;

/**
 * Brings one wheel into `dir` and checks its hash. Through pip when there is one, since pip knows the person's mirrors, proxies and
 * certificates; else straight from the Python package index.
 * @throws ProblemError `engine-download` or `engine-hash`.
 */
export async function downloadWheel(
  wheel: Wheel,
  dir: string,
  onProgress: DownloadProgress,
  signal: AbortSignal,
): Promise<string> {
  const path = join(dir, wheel.file);
  const viaPip = await pipDownload(wheel, dir, onProgress, signal);
  if (viaPip !== null || !existsSync(path)) {
    signal.throwIfAborted();
    try {
      await indexDownload(wheel, path, onProgress, signal);
    } catch (thrown) {
      signal.throwIfAborted();
      if (isNoSpace(thrown)) throw thrown;
      const reason = thrown instanceof Error ? thrown.message : String(thrown);
      throw new ProblemError({
        code: 'engine-download',
        title: 'Download failed',
        message: `${wheel.file} (${Math.round(wheel.bytes / 1e6)} MB) could not be downloaded. ${viaPip ? `pip: ${viaPip} ` : ''}Directly: ${reason}. Check the connection and try again; nothing was changed.`,
        facts: { file: wheel.file },
      });
    }
  }
  await checkHash(path, wheel, signal);
  return path;
}

/** Null when pip brought the file; otherwise one line on why it did not. */
async function pipDownload(
  wheel: Wheel,
  dir: string,
  onProgress: DownloadProgress,
  signal: AbortSignal,
): Promise<string | null> {
  const [, , pythonTag = '', , platformTag = ''] = wheel.file.replace(/\.whl$/, '').split('-');
  const python = pythonTag.startsWith('cp') ? pythonTag.slice(2) : '312';
  const platforms = platformTag.split('.').flatMap((p) => ['--platform', p]);
  const args = [
    // Isolated: modules of the person's current folder, or named in the environment, are not ours to run.
    '-I',
    '-m',
    'pip',
    'download',
    '--disable-pip-version-check',
    '--no-input',
    '--no-deps',
    '--only-binary=:all:',
    '--progress-bar',
    'off',
  ];
  args.push('--python-version', python, ...platforms, '-d', dir, `${wheel.project}==${wheel.version}`);
  onProgress(null, wheel.bytes);
  return await new Promise((resolve) => {
    const child = spawn('python3', args, { cwd: dir, stdio: ['ignore', 'ignore', 'pipe'], signal });
    let errors = '';
    child.stderr.on('data', (chunk: Buffer) => {
      errors = (errors + chunk.toString()).slice(-4000);
    });
    child.on('error', (error) => resolve(error.message));
    child.on('close', (code) => {
      const line = errors.split('\n').findLast((l) => l.startsWith('ERROR')) ?? errors.trim().split('\n').at(-1) ?? '';
      if (/No space left/i.test(errors)) resolve('no space left on the disk.');
      else resolve(code === 0 ? null : line || `it ended with code ${code}.`);
    });
  });
}

const projectPage = z.object({ files: z.array(z.object({ filename: z.string(), url: z.url() })) });

async function indexDownload(
  wheel: Wheel,
  path: string,
  onProgress: DownloadProgress,
  signal: AbortSignal,
): Promise<void> {
  const page = await fetch(`${INDEX}/${wheel.project}/`, {
    headers: { Accept: 'application/vnd.pypi.simple.v1+json' },
    signal,
  });
  if (!page.ok) throw new Error(`the package index answered ${page.status}`);
  const file = projectPage.parse(await page.json()).files.find((f) => f.filename === wheel.file);
  if (file === undefined) throw new Error('the package index no longer lists it');
  const answer = await fetch(file.url, { signal });
  if (!answer.ok || answer.body === null) throw new Error(`the package index answered ${answer.status}`);
  let done = 0;
  const count = new Transform({
    transform(chunk: Buffer, _, next) {
      done += chunk.length;
      onProgress(done, wheel.bytes);
      next(null, chunk);
    },
  });
  await pipeline(Readable.fromWeb(answer.body as NodeReadableStream), count, createWriteStream(path), { signal });
}

async function checkHash(path: string, wheel: Wheel, signal: AbortSignal): Promise<void> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { signal })) hash.update(chunk as Buffer);
  const found = hash.digest('hex');
  if (found === wheel.sha256) return;
  throw new ProblemError({
    code: 'engine-hash',
    title: 'Wrong checksum',
    message: `${wheel.file} is not the file that was expected: its SHA-256 is ${found.slice(0, 12)}… instead of ${wheel.sha256.slice(0, 12)}…. It was thrown away and nothing was installed. Try again; if it happens again, something between you and the package index changes files.`,
    facts: { file: wheel.file, found, expected: wheel.sha256 },
  });
}

export function isNoSpace(thrown: unknown): boolean {
  return (
    thrown instanceof Error && (('code' in thrown && thrown.code === 'ENOSPC') || /no space left/i.test(thrown.message))
  );
}
