import { spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { installTensorflow, uninstallTensorflow } from '../../../core/engine/install/installTensorflow.ts';
import { findInstalledTensorflow, MANIFEST } from '../../../core/engine/install/location.ts';
import { type Release, releaseFor } from '../../../core/engine/install/release.ts';
import { ProblemError } from '../../../core/errors.ts';
import { takeLock } from '../../../core/locks/node.ts';

/** A wheel of our own for pip to find in a folder: real pip, real files, no network. */
const folder = mkdtempSync(join(tmpdir(), 'layerloom-install-'));
const file = 'loomtest-1.0-cp312-cp312-manylinux_2_27_x86_64.whl';
const contents = {
  'tensorflow/libtensorflow_cc.so.2': new Uint8Array(randomBytes(300_000)),
  'tensorflow/libtensorflow_framework.so.2': strToU8('not a library'),
  'loomtest-1.0.dist-info/METADATA': strToU8('Metadata-Version: 2.1\nName: loomtest\nVersion: 1.0\n'),
  'loomtest-1.0.dist-info/WHEEL': strToU8(
    'Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: false\nTag: cp312-cp312-manylinux_2_27_x86_64\n',
  ),
  'loomtest-1.0.dist-info/RECORD': strToU8(''),
};
const wheels = join(folder, 'wheels');
mkdirSync(wheels);
const sha256Of = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** Puts a wheel with these contents where pip looks, and describes it. */
function publish(files: Record<string, Uint8Array>): Release {
  const bytes = zipSync(files);
  writeFileSync(join(wheels, file), bytes);
  const wheel = { project: 'loomtest', version: '1.0', file, sha256: sha256Of(bytes), bytes: bytes.length };
  return { variant: 'cpu', wheels: [wheel], installedBytes: 1e6, peakBytes: 3.5e5 };
}
let release: Release = publish(contents);

let home = '';
let count = 0;
beforeEach(() => {
  home = join(folder, `home${count++}`);
  release = publish(contents);
  vi.stubEnv('PIP_NO_INDEX', '1');
  vi.stubEnv('PIP_FIND_LINKS', wheels);
});
afterEach(() => vi.unstubAllEnvs());
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const engines = () => (existsSync(join(home, 'engines')) ? readdirSync(join(home, 'engines')) : []);

/** The problem that installing ends in. */
async function failure(options: Partial<Parameters<typeof installTensorflow>[0]> = {}) {
  const thrown = await installTensorflow({
    home,
    anchor: import.meta.url.slice('file://'.length),
    onProgress: () => undefined,
    signal: new AbortController().signal,
    check: async () => undefined,
    release,
    ...options,
  }).catch((error: unknown) => error);
  expect(thrown).toBeInstanceOf(ProblemError);
  return (thrown as ProblemError).problem;
}

/** A PATH on which there is python3, and nothing to compile with. */
function pathWithoutCompiler(): string {
  const bin = join(folder, `bin${count}`);
  mkdirSync(bin, { recursive: true });
  const python = spawnSync('python3', ['-c', 'import sys; print(sys.executable)'], { encoding: 'utf8' }).stdout.trim();
  symlinkSync(python, join(bin, 'python3'));
  return bin;
}

describe('installing TensorFlow', () => {
  it('names the wheel and both hashes when a file is not what was expected', async () => {
    const wrong = { ...release, wheels: release.wheels.map((wheel) => ({ ...wheel, sha256: 'f'.repeat(64) })) };
    const problem = await failure({ release: wrong });
    expect(problem).toMatchObject({ code: 'engine-hash', facts: { file, found: release.wheels[0]?.sha256 } });
    expect(problem.message).toContain('nothing was installed');
    expect(engines()).toEqual([]);
  });

  it('says which compilers it looked for when there is none', async () => {
    vi.stubEnv('PATH', pathWithoutCompiler());
    const problem = await failure();
    expect(problem.code).toBe('engine-no-compiler');
    expect(problem.message).toMatch(/g\+\+, clang\+\+, c\+\+.*apt install g\+\+/s);
    expect(engines()).toEqual([]);
  });

  it('passes on what the compiler said', async () => {
    const problem = await failure();
    expect(problem.code).toBe('engine-compile');
    expect(problem.message).toMatch(/could not build TensorFlow's binding to Node: .*error/);
    expect(engines()).toEqual([]);
  });

  it('refuses a wheel that wants to write outside its folder', async () => {
    const problem = await failure({ release: publish({ ...contents, '../outside.txt': strToU8('no') }) });
    expect(problem.message).toMatch(/could not be installed: .*relative path/);
    expect(existsSync(join(home, 'engines', 'outside.txt'))).toBe(false);
    expect(engines()).toEqual([]);
  });

  it('keeps the engine that was there when the new one fails', async () => {
    const old = join(home, 'engines', 'tensorflow-2.21.0-cpu-linux-x64');
    mkdirSync(join(old, 'binding'), { recursive: true });
    writeFileSync(join(old, 'binding', 'tfjs_binding.node'), '');
    const manifest = { version: '2.21.0', variant: 'cpu', wheels: [], installedAt: '2026-01-01T00:00:00Z', bytes: 1 };
    writeFileSync(join(old, MANIFEST), JSON.stringify(manifest));
    await failure();
    if (process.platform === 'linux' && process.arch === 'x64')
      expect(findInstalledTensorflow(home)).toMatchObject({ dir: old, bytes: 1 });
    expect(engines()).toEqual(['tensorflow-2.21.0-cpu-linux-x64']);
  });

  it('is cancelled at any step and leaves nothing', async () => {
    for (const step of ['download', 'unpack', 'compile']) {
      const controller = new AbortController();
      const problem = await failure({
        signal: controller.signal,
        onProgress: (progress) => {
          if (progress.step === step) controller.abort();
        },
      });
      expect(problem).toMatchObject({ code: 'engine-cancelled', severity: 'info' });
      expect(engines()).toEqual([]);
    }
  });

  it('runs nothing of the folder a person is in', async () => {
    const downloads = join(folder, 'downloads');
    mkdirSync(downloads, { recursive: true });
    // What `python3 -m pip` and the modules it needs would find first.
    for (const name of ['pip', 'runpy', 'json'])
      writeFileSync(
        join(downloads, `${name}.py`),
        `open(${JSON.stringify(join(downloads, 'was-run'))}, 'w').close()\nraise SystemExit(1)\n`,
      );
    const before = process.cwd();
    process.chdir(downloads);
    try {
      // Everything downloaded and unpacked by the real pip: it fails where the source is compiled against no headers.
      expect((await failure()).code).toBe('engine-compile');
    } finally {
      process.chdir(before);
    }
    expect(existsSync(join(downloads, 'was-run'))).toBe(false);
  });

  it('clears away what a killed install left', async () => {
    const dead = spawnSync(process.execPath, ['-e', 'process.exit()']).pid;
    const left = join(home, 'engines', `.partial-${dead}-1`);
    mkdirSync(left, { recursive: true });
    writeFileSync(join(left, 'half'), 'a wheel');
    await failure();
    expect(engines()).toEqual([]);
  });

  it('asks for disk space before it begins', async () => {
    const problem = await failure({ release: { ...release, peakBytes: 1e18 } });
    expect(problem.code).toBe('engine-disk-space');
    expect(problem.message).toMatch(/takes 1000000000\.0 GB .*only [\d.]+ GB is free/);
  });

  it.skipIf(process.getuid?.() !== 0 || process.platform !== 'linux')(
    'survives a disk that runs full half-way (needs root, to mount a tiny disk)',
    async ({ skip }) => {
      mkdirSync(home, { recursive: true });
      const mount = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=400k', 'tmpfs', home]);
      if (mount.status !== 0) skip(`no disk can be mounted here: ${mount.stderr}`);
      try {
        const problem = await failure();
        expect(problem.code).toBe('engine-disk-space');
        expect(problem.message).toContain('What had been written was removed');
        expect(engines()).toEqual([]);
      } finally {
        spawnSync('umount', [home]);
      }
    },
  );
});

describe('releaseFor', () => {
  it('has a release for Linux, and says plainly where there is none', () => {
    expect(releaseFor('linux', 'x64', false)).toMatchObject({ ok: true, value: { variant: 'cpu' } });
    expect(releaseFor('linux', 'x64', true)).toMatchObject({ ok: true, value: { variant: 'cuda' } });
    expect(releaseFor('linux', 'arm64', false)).toMatchObject({ ok: true, value: { variant: 'cpu' } });
    for (const platform of ['darwin', 'win32'] as const)
      expect(releaseFor(platform, 'x64', false)).toMatchObject({ ok: false, error: { code: 'engine-platform' } });
  });
});

it('while another program installs or removes it, neither is done', async () => {
  const taken = await takeLock(home, 'engine tensorflow', { what: 'the command line' });
  if (taken.lock === null) throw new Error('the lock is nobody’s');
  const message = expect.stringContaining('is being installed or removed by');
  expect(await failure()).toMatchObject({ code: 'install-elsewhere', message });
  await expect(uninstallTensorflow(home)).rejects.toMatchObject({ problem: { code: 'install-elsewhere' } });
  expect(engines()).toEqual([]);
  await taken.lock.release();
  expect(await uninstallTensorflow(home)).toBe(false);
});
