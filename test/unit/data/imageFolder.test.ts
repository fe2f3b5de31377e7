import { mkdir, mkdtemp, readFile, rm, symlink, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pixelValues } from '../../../core/data/index.ts';
import { describeDataset, loadDataset, previewSamples, readPictureInputs } from '../../../core/data/node.ts';
import { type DataSettings, DEFAULT_DATA } from '../../../core/document/index.ts';
import { toProblem } from '../../../core/errors.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'layerloom-pictures-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

type FolderSource = Extract<DataSettings['source'], { kind: 'imageFolder' }>;

function settings(source: Partial<FolderSource> = {}, more: Partial<DataSettings> = {}): DataSettings {
  return {
    ...DEFAULT_DATA,
    source: { kind: 'imageFolder', path: dir, channels: 'colour', fit: 'stretch', ...source },
    ...more,
  };
}

/** A picture of these bytes: row by row, `channels` a pixel. */
async function picture(name: string, height: number, width: number, channels: 1 | 3 | 4, bytes: readonly number[]) {
  await mkdir(dirname(join(dir, name)), { recursive: true });
  const raw = { height, width, channels };
  await sharp(Uint8Array.from(bytes), { raw }).toFile(join(dir, name));
}

/** One colour a picture, so that it can be told which is which. */
async function plain(name: string, value: number, side = 4) {
  await picture(
    name,
    side,
    side,
    3,
    Array.from({ length: side * side * 3 }, () => value),
  );
}

async function fails(source: Partial<FolderSource>, more: Partial<DataSettings> = {}) {
  return toProblem(await loadDataset(settings(source, more), dir).catch((thrown: unknown) => thrown));
}

const codes = (description: { problems: readonly { code: string }[] }) => description.problems.map(({ code }) => code);

describe('a folder of pictures', () => {
  it('takes the class from the folder, in the order of code points, and the pictures by folder and name', async () => {
    let value = 0;
    for (const name of [
      'b/2.png',
      'b/10.png',
      'Z/x.png',
      'b/a/1.png',
      'a10/p.png',
      'a2/p.png',
      'é/q.png',
      'Z/y.gif',
      'Z/w.webp',
    ]) {
      value += 20;
      await plain(name, value);
    }
    await plain('.hidden/x.png', 1);
    await plain('b/._2.png', 1);
    await writeFile(join(dir, 'b/notes.txt'), 'what is here');
    const { description, fields, sampleAt } = await loadDataset(
      settings({}, { split: { ...DEFAULT_DATA.split, stratify: false } }),
      null,
    );
    expect(description.summary.fields).toEqual([
      { name: 'features', role: 'input', shape: [4, 4, 3] },
      { name: 'label', role: 'target', shape: [1], classes: ['Z', 'a10', 'a2', 'b', 'é'] },
    ]);
    const names = await Promise.all(
      Array.from({ length: 9 }, async (_, i) => (await sampleAt(i)).file?.slice(dir.length + 1)),
    );
    expect(names.map((name) => name?.replaceAll('\\', '/'))).toEqual([
      'Z/w.webp',
      'Z/x.png',
      'Z/y.gif',
      'a10/p.png',
      'a2/p.png',
      'b/10.png',
      'b/2.png',
      'b/a/1.png',
      'é/q.png',
    ]);
    expect(Array.from(fields.label?.data ?? [])).toEqual([0, 0, 0, 1, 2, 3, 3, 3, 4]);
    // b/10.png was the second: 40 of 255.
    expect(fields.features?.data[5 * 48]).toBe(Math.fround(40 / 255));
  });

  it('splits by seed, each class on its own', async () => {
    for (let i = 0; i < 20; i++) await plain(`${i < 10 ? 'cat' : 'dog'}/${i}.png`, i);
    const { description, splits } = await loadDataset(settings(), null);
    expect(description.classBalance).toEqual([
      { name: 'cat', train: 7, validation: 2, test: 1 },
      { name: 'dog', train: 7, validation: 2, test: 1 },
    ]);
    const again = await loadDataset(settings(), null);
    expect(again.splits).toEqual(splits);
    const other = await loadDataset(settings({}, { split: { ...DEFAULT_DATA.split, seed: 7 } }), null);
    expect(other.splits.train).not.toEqual(splits.train);
  });

  it('takes the parts from folders train, val and test', async () => {
    for (let i = 0; i < 12; i++) await plain(`${i < 8 ? 'train' : 'val'}/${i % 2 ? 'cat' : 'dog'}/${i}.png`, i);
    const { description, splits } = await loadDataset(settings(), null);
    expect(description.summary.fields[1]?.classes).toEqual(['cat', 'dog']);
    // Test has no folder: a tenth of the 8 in train, by largest remainder of each class of 4.
    expect(description.splits).toEqual({ train: 8, validation: 4, test: 0 });
    expect(codes(description)).toContain('folder-parts');
    const all = [...splits.train, ...splits.validation].sort((a, b) => a - b);
    expect(all).toEqual(Array.from({ length: 12 }, (_, i) => i));
    await plain('test/cat/99.png', 99);
    const three = await describeDataset(settings(), null);
    expect(three.splits).toEqual({ train: 8, validation: 4, test: 1 });
    // A fourth folder is none of them, and is left out with a word.
    await plain('zebra/1.png', 1);
    const four = await describeDataset(settings(), null);
    expect(four.splits).toEqual(three.splits);
    expect(four.problems.find(({ code }) => code === 'folder-beside-parts')?.message).toMatch(
      /“zebra” beside them is left out/,
    );
  });

  it('leaves out what cannot be decoded, and says which', async () => {
    for (let i = 0; i < 10; i++) await plain(`${i % 2 ? 'cat' : 'dog'}/${i}.png`, i * 10, 32);
    const noise = Array.from({ length: 64 * 64 * 3 }, (_, i) => (i * 7919) % 251);
    await picture('cat/half.jpg', 64, 64, 3, noise);
    const jpeg = await readFile(join(dir, 'cat/half.jpg'));
    await writeFile(join(dir, 'cat/half.jpg'), jpeg.subarray(0, jpeg.length / 2));
    await writeFile(join(dir, 'dog/text.png'), 'no picture at all');
    await writeFile(join(dir, 'dog/empty.jpg'), '');
    await writeFile(join(dir, 'dog/old.bmp'), 'BM');
    const dataset = await loadDataset(settings({}, { resize: [8, 8] }), null);
    expect(dataset.description.summary.samples).toBe(10);
    const broken = dataset.description.problems.find(({ code }) => code === 'picture-broken');
    expect(broken).toMatchObject({
      severity: 'warning',
      facts: { count: 3, files: ['cat/half.jpg', 'dog/empty.jpg', 'dog/text.png'] },
    });
    expect(broken?.message).toMatch(
      /^3 of 14 pictures cannot be read and are left out: “cat\/half.jpg” is damaged .*“dog\/text.png” is no picture/,
    );
    expect(dataset.description.problems.find(({ code }) => code === 'picture-kind')?.message).toMatch(/“dog\/old.bmp”/);
    // What was left out leaves no gap: cat/1, 3, 5, 7, 9, then dog/0, 2, ...
    const values = Array.from({ length: 10 }, (_, i) => dataset.fields.features?.data[i * 192] ?? 0);
    expect(values.map((value) => Math.round(value * 255))).toEqual([10, 30, 50, 70, 90, 0, 20, 40, 60, 80]);
    expect(dataset.fields.features?.data).toHaveLength(10 * 192);
    // The same answer without keeping pixels, and from memory.
    expect(await describeDataset(settings({}, { resize: [8, 8] }), null)).toEqual(dataset.description);
  });

  it.skipIf(process.platform === 'win32')('follows no link out of the folder', async () => {
    for (let i = 0; i < 6; i++) await plain(`set/${i % 2 ? 'cat' : 'dog'}/${i}.png`, i);
    await plain('secret/private.png', 200);
    await symlink(join(dir, 'secret/private.png'), join(dir, 'set/cat/stolen.png'));
    await symlink(join(dir, 'secret'), join(dir, 'set/dog/linked'));
    await symlink(join(dir, 'secret'), join(dir, 'set/linked'));
    await symlink(join(dir, 'set/cat/1.png'), join(dir, 'set/cat/again.png'));
    const { summary, problems } = await describeDataset(settings({ path: 'set' }), dir);
    expect(summary.samples).toBe(7);
    expect(summary.fields[1]?.classes).toEqual(['cat', 'dog']);
    expect(problems.find(({ code }) => code === 'picture-link')?.message).toMatch(/^1 link leads .*“cat\/stolen.png”/);
  });

  it('says what is wrong with a folder', async () => {
    expect(await fails({ path: join(dir, 'gone') })).toMatchObject({
      code: 'data-not-found',
      message: expect.stringMatching(/gone/),
    });
    await writeFile(join(dir, 'file'), '');
    expect(await fails({ path: join(dir, 'file') })).toMatchObject({ code: 'data-not-a-folder' });
    expect(await fails({})).toMatchObject({ code: 'no-class-folders' });
    await mkdir(join(dir, 'cat'));
    expect(await fails({})).toMatchObject({ code: 'no-pictures' });
    await writeFile(join(dir, 'cat/broken.png'), 'x');
    expect(await fails({})).toMatchObject({
      code: 'no-pictures',
      message: expect.stringMatching(/Not one of the pictures/),
    });
    await plain('cat/1.png', 1);
    expect(await fails({})).toMatchObject({ code: 'one-class', message: expect.stringMatching(/one folder, “cat”/) });
    await mkdir(join(dir, 'dog'));
    await plain('bird/1.png', 1);
    const description = await describeDataset(settings(), null);
    expect(codes(description)).toEqual(expect.arrayContaining(['class-without-pictures', 'few-pictures']));
    expect(description.summary.fields[1]?.classes).toEqual(['bird', 'cat']);
    expect(await fails({}, { split: { ...DEFAULT_DATA.split, validation: 0.5, test: 0.5 } })).toMatchObject({
      code: 'split-leaves-no-training',
    });
  });
});

describe('what a picture becomes', () => {
  /** The pixels of `cat/x.png` (0..255) with these settings. */
  async function read(source: Partial<FolderSource>, resize: [number, number] | null, name = 'cat/x.png') {
    await plain('dog/other.png', 0, 16);
    const { fields, description, sampleAt } = await loadDataset(
      settings(source, { resize, split: { ...DEFAULT_DATA.split, validation: 0, test: 0 } }),
      null,
    );
    const sample = await sampleAt(0);
    expect(sample.file).toBe(join(dir, name));
    const [height = 0, width = 0, channels = 0] = description.summary.fields[0]?.shape ?? [];
    return Array.from(fields.features?.data.subarray(0, height * width * channels) ?? [], (value) => value * 255);
  }

  it('is resized bilinearly with half-pixel centres', async () => {
    await picture('cat/x.png', 1, 4, 1, [0, 100, 200, 40]);
    // Two wide: the centres lie half-way between 0 and 100, and between 200 and 40. Four colours are alike in grey.
    expect(await read({ channels: 'grey' }, [1, 2])).toEqual([50, 120].map((value) => Math.fround(value / 255) * 255));
    // Eight wide: -0.25 counts as 0; then 0.25, 0.75, ... of the way.
    const eight = await read({ channels: 'grey' }, [1, 8]);
    expect(eight.map(Math.round)).toEqual([0, 25, 75, 125, 175, 160, 80, 40]);
  });

  it('is cropped around the middle where asked', async () => {
    await picture('cat/x.png', 1, 4, 1, [10, 20, 30, 40]);
    expect((await read({ channels: 'grey', fit: 'crop' }, [1, 2])).map(Math.round)).toEqual([20, 30]);
    expect((await read({ channels: 'grey', fit: 'crop' }, [2, 2])).map(Math.round)).toEqual([20, 20, 20, 20]);
  });

  it('is grey by 0.299 R + 0.587 G + 0.114 B, and colour from grey', async () => {
    await picture('cat/x.png', 1, 2, 3, [200, 100, 50, 0, 255, 0]);
    const grey = 0.299 * 200 + 0.587 * 100 + 0.114 * 50;
    expect((await read({ channels: 'grey' }, [1, 2])).map(Math.round)).toEqual([
      Math.round(grey),
      Math.round(0.587 * 255),
    ]);
    await picture('cat/x.png', 1, 2, 1, [7, 9]);
    expect((await read({}, [1, 2])).map(Math.round)).toEqual([7, 7, 7, 9, 9, 9]);
  });

  it('loses transparency and the lower bits, and is not turned', async () => {
    await picture('cat/x.png', 1, 2, 4, [200, 100, 50, 0, 10, 20, 30, 255]);
    expect((await read({}, [1, 2])).map(Math.round)).toEqual([200, 100, 50, 10, 20, 30]);
    const deep = Uint16Array.of(0x1280, 0xff7f);
    await sharp(deep, { raw: { height: 1, width: 2, channels: 1 } })
      .toColourspace('grey16')
      .png()
      .toFile(join(dir, 'cat/x.png'));
    expect((await read({ channels: 'grey' }, [1, 2])).map(Math.round)).toEqual([0x12, 0xff]);
    await unlink(join(dir, 'cat/x.png'));
    const pixels = Uint8Array.from({ length: 16 * 32 * 3 }, (_, i) => (i % 96 < 48 ? 250 : 5));
    await sharp(pixels, { raw: { height: 16, width: 32, channels: 3 } })
      .withMetadata({ orientation: 6 })
      .jpeg({ quality: 100 })
      .toFile(join(dir, 'cat/x.jpg'));
    const turned = await read({ channels: 'grey' }, [1, 2], 'cat/x.jpg');
    expect(turned.map((value) => value > 128)).toEqual([true, false]);
    const { problems } = await describeDataset(settings({}, { resize: [8, 8] }), null);
    expect(problems.find(({ code }) => code === 'picture-orientation')?.message).toMatch(/^1 picture carries/);
  });

  it('has its own size where all are alike, else 64×64 with a word on it', async () => {
    for (const name of ['cat/1', 'cat/2', 'dog/1', 'dog/2'])
      await picture(`${name}.png`, 6, 9, 3, Array(6 * 9 * 3).fill(1));
    expect((await describeDataset(settings(), null)).summary.fields[0]?.shape).toEqual([6, 9, 3]);
    await plain('dog/3.png', 1, 12);
    const { summary, problems } = await describeDataset(settings(), null);
    expect(summary.fields[0]?.shape).toEqual([64, 64, 3]);
    const note = problems.find(({ code }) => code === 'picture-sizes');
    expect(note?.message).toBe(
      'Pictures come in 2 sizes, 6 to 12 pixels high and 9 to 12 wide. All are brought to 64×64, stretched where needed. Choose another size in the settings.',
    );
    expect(note?.fixes?.[0]).toMatchObject({ edit: { command: 'setData', args: { data: { resize: [128, 128] } } } });
  });

  it('can be looked at, and predicted from a path or from bytes', async () => {
    for (let i = 0; i < 6; i++) await plain(`${i % 2 ? 'cat' : 'dog'}/${i}.png`, i * 40, 8);
    const dataset = await loadDataset(settings({ channels: 'grey' }, { resize: [4, 4] }), null);
    const { samples, total } = await previewSamples(dataset, null, 1, 2);
    expect(total).toBe(6);
    expect(samples.map(({ target }) => target)).toEqual(['cat', 'cat']);
    expect(samples[0]?.image && pixelValues(samples[0].image)).toEqual(Array(16).fill(120 / 255));
    const file = join(dir, 'cat/3.png');
    const url = `data:image/png;base64,${(await readFile(file)).toString('base64')}`;
    const inputs = await readPictureInputs(dataset.scaler, [{ picture: file }, Array(16).fill(120), { picture: url }]);
    const { features } = dataset.preprocess(inputs);
    const expected = dataset.fields.features?.data.subarray(16, 32) ?? [];
    for (let i = 0; i < 3; i++) expect(features?.data.subarray(i * 16, (i + 1) * 16)).toEqual(expected);
    const refused = async (picture: string) =>
      toProblem(await readPictureInputs(dataset.scaler, [[], { picture }]).catch((e: unknown) => e)).message;
    expect(await refused(join(dir, 'gone.png'))).toMatch(/^Sample 2 cannot be used: “.*gone.png” is not there/);
    expect(await refused('gone.png')).toMatch(/whole path/);
    expect(await refused('data:image/png;base64,AAAA')).toMatch(/^Sample 2 cannot be used: the picture is no picture/);
  });

  it('tells how far reading is, and can be ended', async () => {
    for (let i = 0; i < 80; i++) await plain(`${i % 2 ? 'cat' : 'dog'}/${i}.png`, i);
    const seen: { done: number; total: number }[] = [];
    const controller = new AbortController();
    await loadDataset(settings(), null, { onProgress: (progress) => seen.push(progress), signal: controller.signal });
    expect(seen.map(({ done }) => done).sort((a, b) => a - b)).toEqual(
      [...new Set(seen.map(({ done }) => done))].sort((a, b) => a - b),
    );
    expect(seen.at(-1)).toEqual({ done: 80, total: 80 });
    controller.abort(new Error('enough'));
    await expect(loadDataset(settings(), null, { signal: controller.signal })).rejects.toThrow('enough');
  });

  it('comes from disk where the pictures are more than memory may hold', async () => {
    for (let i = 0; i < 40; i++) await plain(`${i % 2 ? 'cat' : 'dog'}/${i}.png`, i * 6);
    const whole = await loadDataset(settings(), null);
    const streamed = await loadDataset(settings(), null, { memory: { whole: 0, kept: 10 * 48 } });
    expect(streamed.description).toEqual(whole.description);
    expect(streamed.splits).toEqual(whole.splits);
    expect(Object.keys(streamed.fields)).toEqual(['label']);
    const indices = Int32Array.of(39, 0, 7, 7, 12);
    for (let round = 0; round < 2; round++) {
      const values = await streamed.streamed.features?.read(indices);
      const expected = Array.from(indices).flatMap((i) =>
        Array.from(whole.fields.features?.data.subarray(i * 48, (i + 1) * 48) ?? []),
      );
      expect(Array.from(values ?? [], (value) => Math.fround(value / 255))).toEqual(expected);
    }
    // 7 is kept in memory; 39, the last dog, is not, and its file is gone.
    const lost = (await streamed.sampleAt(39)).file ?? '';
    await unlink(lost);
    await streamed.streamed.features?.read(Int32Array.of(7));
    const problem = toProblem(
      await streamed.streamed.features?.read(Int32Array.of(39)).catch((thrown: unknown) => thrown),
    );
    expect(problem).toMatchObject({ code: 'picture-gone', facts: { file: lost } });
  });
});
