import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { fileProblem, writeWhole } from '../../../core/files/node.ts';
import { jsonFile } from '../../../core/host/jsonFile.ts';
import { readMetrics, truncateMetrics } from '../../../core/runs/node.ts';
import { canMount, tinyDisk } from '../../tinyDisk.ts';
import { bundle } from '../bundle.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'layerloom-whole-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const mode = (path: string) => statSync(path).mode & 0o7777;

describe('writeWhole', () => {
  it('writes texts, bytes and parts made on the way, and leaves nothing beside them', async () => {
    await writeWhole(join(folder, 'text'), 'ä line\n');
    await writeWhole(join(folder, 'bytes'), new Uint8Array([1, 2, 3]).subarray(1));
    async function* parts() {
      for (let i = 0; i < 3; i++) yield new Uint8Array(2).fill(i);
    }
    await writeWhole(join(folder, 'parts'), parts());
    expect(readFileSync(join(folder, 'text'), 'utf8')).toBe('ä line\n');
    expect([...readFileSync(join(folder, 'bytes'))]).toEqual([2, 3]);
    expect([...readFileSync(join(folder, 'parts'))]).toEqual([0, 0, 1, 1, 2, 2]);
    expect(readdirSync(folder).sort()).toEqual(['bytes', 'parts', 'text']);
  });

  describe('of thousands of parts, empty ones among them', () => {
    const parts = Array.from({ length: 5000 }, (_, i) => new Uint8Array(i % 7).fill(i % 251));
    const handles = async (): Promise<FileHandle> => {
      const handle = await open(folder, 'r');
      await handle.close();
      return Object.getPrototypeOf(handle);
    };
    afterEach(() => vi.restoreAllMocks());

    // Each call is a wait of its own, which lasts as long as a step where a training computes in the same thread.
    it('makes a few calls of the system', async () => {
      const calls = vi.spyOn(await handles(), 'writev');
      await writeWhole(join(folder, 'parts'), parts);
      expect(readFileSync(join(folder, 'parts')).equals(Buffer.concat(parts))).toBe(true);
      expect(calls.mock.calls.length).toBeLessThan(10);
    });

    it('goes on where the system stopped, in the middle of a part', async () => {
      const short = function (this: FileHandle, pieces: readonly NodeJS.ArrayBufferView[]) {
        const whole = Buffer.concat(
          pieces.map((piece) => new Uint8Array(piece.buffer, piece.byteOffset, piece.byteLength)),
        );
        return this.write(whole, 0, Math.min(whole.length, 1001));
      };
      vi.spyOn(await handles(), 'writev').mockImplementation(short as never);
      await writeWhole(join(folder, 'parts'), parts);
      expect(readFileSync(join(folder, 'parts')).equals(Buffer.concat(parts))).toBe(true);
    });
  });

  it('keeps the mode of what it replaces, unless one is asked for', async () => {
    const path = join(folder, 'file');
    writeFileSync(path, 'old');
    chmodSync(path, 0o640);
    await writeWhole(path, 'new');
    expect(mode(path)).toBe(0o640);
    await writeWhole(path, 'newer', { mode: 0o600 });
    expect(mode(path)).toBe(0o600);
    await writeWhole(join(folder, 'fresh'), 'new');
    expect(mode(join(folder, 'fresh'))).toBe(0o666 & ~process.umask());
  });

  it('follows links, also to what is not there yet, and refuses a circle', async () => {
    mkdirSync(join(folder, 'far'));
    symlinkSync('far/file', join(folder, 'link'));
    symlinkSync('link', join(folder, 'second'));
    await writeWhole(join(folder, 'second'), 'new');
    expect(readFileSync(join(folder, 'far', 'file'), 'utf8')).toBe('new');
    expect(lstatSync(join(folder, 'second')).isSymbolicLink()).toBe(true);
    symlinkSync('round', join(folder, 'round'));
    await expect(writeWhole(join(folder, 'round'), 'new')).rejects.toMatchObject({ code: 'ELOOP' });
  });

  it('leaves the later of two writes of one file, whichever takes longer', async () => {
    const path = join(folder, 'file');
    const slow = async function* () {
      await new Promise((done) => setTimeout(done, 50));
      yield Buffer.from('first');
    };
    await Promise.all([writeWhole(path, slow()), writeWhole(path, 'second')]);
    expect(readFileSync(path, 'utf8')).toBe('second');
  });

  it('leaves the old file, and nothing else, where the content fails on the way', async () => {
    const path = join(folder, 'file');
    writeFileSync(path, 'old');
    const failing = function* () {
      yield Buffer.from('half');
      throw new Error('lost');
    };
    await expect(writeWhole(path, failing())).rejects.toThrow('lost');
    expect(readFileSync(path, 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['file']);
  });

  it('does not take what cannot be read for nothing, and write that over it', async () => {
    // A folder stands for every reason why the system refuses: too many open files, a broken disk.
    mkdirSync(join(folder, 'settings.json', 'kept'), { recursive: true });
    const settings = jsonFile(join(folder, 'settings.json'), z.object({ n: z.number() }), { n: 0 });
    expect(await settings.read()).toEqual({ n: 0 });
    await expect(settings.change(({ n }) => ({ n: n + 1 }))).rejects.toMatchObject({ problem: { code: 'file-error' } });
    mkdirSync(join(folder, 'metrics.jsonl', 'kept'), { recursive: true });
    for (const work of [() => readMetrics(folder), () => truncateMetrics(folder, 1)])
      await expect(work()).rejects.toMatchObject({ problem: { code: 'file-error' } });
    expect(readdirSync(folder).sort()).toEqual(['metrics.jsonl', 'settings.json']);
  });

  // The system takes what fits, says how much that was, and reports an error only at the next write. For this any user will do: a
  // process may not write files longer than it is allowed to.
  it('reports a file that the system cut short, and leaves the old one', async () => {
    const path = join(folder, 'file');
    writeFileSync(path, 'old');
    const program = await bundle(join(import.meta.dirname, 'writeOne.ts'));
    // Blocks of 512 bytes in a POSIX shell: 16 KiB.
    const limited = ['-c', 'trap "" XFSZ; ulimit -f 32; exec "$@"', 'sh', process.execPath, program, path];
    const { stdout } = spawnSync('sh', [...limited, String(20_000)], { encoding: 'utf8' });
    expect(stdout).toBe('EFBIG');
    expect(readFileSync(path, 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['file']);
    expect(spawnSync('sh', [...limited, String(10_000)], { encoding: 'utf8' }).stdout).toBe('written');
    expect(statSync(path).size).toBe(10_000);
  });

  it.skipIf(!canMount)('says that the disk is full, and leaves the old file', async () => {
    const disk = tinyDisk(join(folder, 'disk'), 2 ** 20);
    try {
      const path = join(disk.path, 'net.loom');
      writeFileSync(path, 'a'.repeat(100_000));
      disk.fillTo(20 * 1024);
      const error = await writeWhole(path, 'b'.repeat(120_000)).catch((thrown: unknown) => thrown);
      expect(fileProblem('save', path, error).problem).toMatchObject({
        code: 'disk-full',
        message: `Cannot save ${path}: the disk is full. Free some space and try again.`,
      });
      expect(readFileSync(path, 'utf8')).toBe('a'.repeat(100_000));
      expect(readdirSync(disk.path).sort()).toEqual(['ballast', 'net.loom']);
      await writeWhole(path, 'c'.repeat(16_000));
      expect(readFileSync(path, 'utf8')).toBe('c'.repeat(16_000));
    } finally {
      disk.remove();
    }
  });
});
