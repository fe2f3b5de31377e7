import { execFileSync } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describeDataset, loadDataset } from '../../../core/data/node.ts';
import { type DataSettings, DEFAULT_DATA, type FolderLayout } from '../../../core/document/index.ts';

const FIXTURES = join(import.meta.dirname, '../../fixtures/pictures');
let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'layerloom-kinds-'));
  for (const name of ['cat', 'dog']) await mkdir(join(dir, name));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

function settings(path: string): DataSettings {
  const source = { kind: 'imageFolder', path, channels: 'colour', fit: 'stretch' } as const;
  return { ...DEFAULT_DATA, source, resize: [24, 24], split: { ...DEFAULT_DATA.split, validation: 0, test: 0 } };
}

async function folderLayout(path: string): Promise<FolderLayout | null> {
  const { layout } = await describeDataset(settings(path), null);
  return layout?.kind === 'pictures' ? layout : null;
}

async function plain(name: string, value: number, side = 8): Promise<void> {
  const raw = { height: side, width: side, channels: 3 } as const;
  await sharp(Buffer.alloc(side * side * 3, value), { raw }).toFile(join(dir, name));
}

async function six(): Promise<void> {
  for (let i = 0; i < 6; i++) await plain(`${i % 2 ? 'cat' : 'dog'}/${i}.png`, i * 30);
}

describe('pictures that only one of two decoders reads', () => {
  it.each([
    ['avif', 'picture-kind', 'bars/web.jpg', /AVIF/],
    ['tiff', 'picture-kind', null, /TIFF/],
    ['animated-webp', 'picture-kind', 'bars/sticker.webp', /animated WebP/],
    ['damaged', 'picture-broken', 'bars/flipped.jpg', /is damaged/],
  ] as const)('%s: left out by name, here and in the program', async (set, code, file, says) => {
    const path = join(FIXTURES, set);
    const { problems, summary } = await describeDataset(settings(path), null);
    const problem = problems.find((one) => one.code === code);
    expect(problem).toMatchObject({ severity: 'warning', facts: { count: 1 } });
    expect(problem?.message).toMatch(says);
    const layout = await folderLayout(path);
    if (file !== null) {
      expect(problem?.message).toContain(`“${file}”`);
      expect(layout?.leftOut).toEqual([file]);
    }
    expect(summary.samples).toBe(16);
  });

  it('a PNG and a WebP called .jpg are read as what they are', async () => {
    const { problems, summary } = await describeDataset(settings(join(FIXTURES, 'control')), null);
    expect(problems.filter(({ severity }) => severity !== 'info')).toEqual([]);
    expect(summary.samples).toBe(18);
  });

  it.each([
    ['some-jfif', 16],
    ['all-jfif', 6],
  ] as const)('%s: JPEG called .jfif is read', async (set, samples) => {
    const { summary } = await describeDataset(settings(join(FIXTURES, set)), null);
    expect(summary.samples).toBe(samples);
    expect((await folderLayout(join(FIXTURES, set)))?.endings).toContain('.jfif');
  });

  it('any other ending is opened too: what is inside decides', async () => {
    await six();
    await copyFile(join(dir, 'cat/1.png'), join(dir, 'cat/scan.TIF'));
    await writeFile(join(dir, 'cat/drawing.png'), '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>');
    await writeFile(join(dir, 'dog/drawing.svg'), '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
    const { problems, summary } = await describeDataset(settings(dir), null);
    expect(summary.samples).toBe(7);
    expect(problems.find(({ code }) => code === 'picture-kind')?.facts).toEqual({
      files: ['cat/drawing.png', 'dog/drawing.svg'],
      formats: ['SVG'],
      count: 2,
      why: ['is SVG', 'is SVG'],
    });
    const layout = await folderLayout(dir);
    expect(layout?.endings).toContain('.tif');
    expect(layout?.leftOut).toEqual(['cat/drawing.png']);
  });

  it('damage anywhere leaves a picture out: cut off, a changed byte, an unfinished end', async () => {
    const noise = Buffer.from(Array.from({ length: 40 * 40 * 3 }, (_, i) => (i * 7919 + i * i * 31) % 251));
    const raw = { height: 40, width: 40, channels: 3 } as const;
    const kinds = {
      png: await sharp(noise, { raw }).png().toBuffer(),
      jpg: await sharp(noise, { raw }).jpeg({ quality: 90 }).toBuffer(),
      gif: await sharp(noise, { raw }).gif().toBuffer(),
      webp: await sharp(noise, { raw }).webp({ lossless: true }).toBuffer(),
    };
    await six();
    const bad: string[] = [];
    for (const [ending, bytes] of Object.entries(kinds)) {
      await writeFile(join(dir, `cat/whole.${ending}`), bytes);
      for (const share of [0.3, 0.6, 0.95]) {
        bad.push(`cat/cut${share * 100}.${ending}`);
        await writeFile(join(dir, bad.at(-1) ?? ''), bytes.subarray(0, Math.floor(bytes.length * share)));
      }
    }
    // The last two bytes of a PNG's end: TensorFlow refuses it, others do not look.
    bad.push('cat/end.png');
    await writeFile(join(dir, 'cat/end.png'), kinds.png.subarray(0, -2));
    // A code that means nothing in the middle of a GIF's frame: giflib refuses it.
    const frame = kinds.gif.lastIndexOf(0x2c, kinds.gif.length);
    expect(frame).toBeGreaterThan(0);
    const wrong = Buffer.from(kinds.gif);
    wrong.fill(0xff, wrong.length - 300, wrong.length - 280);
    bad.push('cat/codes.gif');
    await writeFile(join(dir, 'cat/codes.gif'), wrong);
    const { problems, summary } = await describeDataset(settings(dir), null);
    expect(problems.find(({ code }) => code === 'picture-broken')?.facts?.files).toEqual(bad.sort());
    expect(summary.samples).toBe(6 + 4);
  });
});

describe.skipIf(process.platform === 'win32')('nothing blocks the reader', () => {
  it('a pipe, a link to a device, a socket are no pictures', async () => {
    await six();
    execFileSync('mkfifo', [join(dir, 'cat/pipe.png')]);
    await symlink('/dev/zero', join(dir, 'cat/zero.png'));
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(join(dir, 'dog/socket.jpg'), resolve));
    try {
      const { problems, summary } = await describeDataset(settings(dir), null);
      expect(summary.samples).toBe(6);
      expect(problems.find(({ code }) => code === 'picture-no-file')?.facts?.files).toEqual([
        'cat/pipe.png',
        'dog/socket.jpg',
      ]);
      expect(problems.find(({ code }) => code === 'picture-link')?.facts?.files).toEqual(['cat/zero.png']);
    } finally {
      server.close();
    }
  }, 5000);

  it('a picture that has become a pipe since is not waited for', async () => {
    await six();
    const dataset = await loadDataset(settings(dir), null, { memory: { whole: 0, kept: 0 } });
    await rm(join(dir, 'cat/1.png'));
    execFileSync('mkfifo', [join(dir, 'cat/1.png')]);
    await expect(dataset.streamed.features?.read(Int32Array.of(0))).rejects.toThrow(/now it is no file/);
  }, 5000);

  it('a huge picture is left out by its header, a small file that unpacks to it too', async () => {
    await six();
    // 30,000 × 30,000 pixels of one colour: a few hundred bytes of header and data.
    const header = await readFile(join(dir, 'cat/1.png'));
    const bomb = Buffer.from(header);
    bomb.writeUInt32BE(30_000, 16);
    bomb.writeUInt32BE(30_000, 20);
    await writeFile(join(dir, 'cat/bomb.png'), bomb);
    const { problems } = await describeDataset(settings(dir), null);
    expect(problems.find(({ code }) => code === 'picture-broken')?.message).toMatch(
      /“cat\/bomb.png” has more than 64 million/,
    );
  }, 5000);

  it('Stop ends the reading at once', async () => {
    await six();
    // 60 million pixels each: some seconds for all of them.
    const big = await sharp({ create: { width: 7700, height: 7700, channels: 3, background: '#345' } })
      .jpeg()
      .toBuffer();
    for (let i = 0; i < 12; i++) await writeFile(join(dir, `dog/big${i}.jpg`), big);
    const controller = new AbortController();
    const loading = loadDataset(settings(dir), null, { signal: controller.signal });
    await new Promise((resolve) => setTimeout(resolve, 300));
    const before = performance.now();
    controller.abort(new Error('enough'));
    await expect(loading).rejects.toThrow('enough');
    expect(performance.now() - before).toBeLessThan(100);
  }, 20_000);
});
