import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dataRecordSchema, type LoadedDataset, loadDataset, readPictureInputs } from '../../core/data/node.ts';
import { type DataSettings, DEFAULT_DATA, type LoomDocument } from '../../core/document/index.ts';
import { kerasCodeFiles } from '../../core/engine/export/kerasCode.ts';
import { readSafetensors } from '../../core/formats/index.ts';
import { findTemplate } from '../../core/templates/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'layerloom-pictures-parity-'));
const root = join(folder, 'set');
/** Every kind of file there is, whole and damaged. */
const kinds = join(folder, 'kinds');
const changed = join(folder, 'changed');
let expectedParts: [string, number][][] = [];
const [HEIGHT, WIDTH] = [37, 53];
let python: {
  names: string[];
  classes: string[];
  paths: string[];
  labels: number[];
  program: { files: string[]; unread: Record<string, string> };
  /** Of the program of a run: pictures and classes by part. */
  parts: [string, number][][];
};
let tensors: ReadonlyMap<string, { readonly shape: readonly number[]; readonly data: ArrayLike<number | bigint> }>;

/** Kinds that Pillow does not write. */
async function writeWithSharp(): Promise<void> {
  const bytes = Uint8Array.from({ length: HEIGHT * WIDTH * 4 }, (_, i) => (i * 13 + ((i * i) >> 5)) % 256);
  const raw = { height: HEIGHT, width: WIDTH, channels: 4 } as const;
  const to = (name: string): string => join(kinds, 'whole', name);
  const colours = () => sharp(bytes, { raw }).removeAlpha();
  mkdirSync(join(kinds, 'whole'), { recursive: true });
  await colours().png({ progressive: true }).toFile(to('interlaced.png'));
  await colours().toColourspace('rgb16').png().toFile(to('deep-colour.png'));
  await sharp(bytes, { raw }).toColourspace('rgb16').png({ progressive: true }).toFile(to('deep-clear.png'));
  await colours().toColourspace('cmyk').jpeg({ quality: 90 }).toFile(to('inks.jpg'));
  await colours().withIccProfile('p3').jpeg({ quality: 90, mozjpeg: true }).toFile(to('profile.jpg'));
  await colours().withIccProfile('p3').png().toFile(to('profile.png'));
  await colours().avif({ quality: 50 }).toFile(to('a.avif'));
}

beforeAll(async () => {
  mkdirSync(root);
  await writeWithSharp();
  const out = join(folder, 'pictures.safetensors');
  const script = join(import.meta.dirname, 'pictures.py');
  const child = spawn(process.env.LAYERLOOM_PYTHON ?? 'python3', [script, root, out], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let printed = '';
  const made = new Promise<void>((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
      if (printed.startsWith('made')) resolve();
    });
    child.once('exit', (code) => reject(new Error(`pictures.py ended with code ${code}`)));
  });
  await made;
  const program = join(folder, 'program.py');
  const document = { ...pictureDesign(), data: settings([HEIGHT, WIDTH], 'stretch', kinds) };
  const [file] = await kerasCodeFiles({ document, baseDir: null, stored: null });
  writeFileSync(program, file?.bytes ?? '');
  child.stdin.end(`${program}\n${await programOfRun()}\n`);
  await once(child, 'close');
  python = JSON.parse(printed.trim().split('\n').at(-1) ?? '');
  tensors = readSafetensors(readFileSync(out)).tensors;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Exports the program of a run on a folder that has changed since: a picture more, one replaced, one gone. */
async function programOfRun(): Promise<string> {
  cpSync(kinds, changed, { recursive: true });
  const document = { ...pictureDesign(), data: settings([HEIGHT, WIDTH], 'stretch', changed) };
  const before = await loadDataset(document.data, null);
  const { scaler, description, recordSamples, splits } = before;
  const record = dataRecordSchema.parse({ scaler, summary: description.summary, samples: await recordSamples?.() });
  const named = (part: Int32Array) => Array.from(part, (index) => String(before.identityOf(index)));
  const [gone = '', replaced = ''] = named(splits.train);
  const other = named(splits.test)[0] ?? '';
  rmSync(join(changed, gone));
  cpSync(join(changed, other), join(changed, replaced));
  mkdirSync(join(changed, 'added'));
  cpSync(join(changed, other), join(changed, 'added/one.png'));
  const labels = before.fields.label?.data ?? [];
  expectedParts = [splits.train, splits.validation, splits.test].map((part) =>
    Array.from(part, (index): [string, number] => [String(before.identityOf(index)), labels[index] ?? -1]).filter(
      ([name]) => name !== gone && name !== replaced,
    ),
  );
  const files = await kerasCodeFiles({ document, baseDir: null, stored: null, data: record });
  const path = join(folder, 'program-of-run.py');
  for (const { name, bytes } of files) writeFileSync(name === '' ? path : join(folder, name), bytes);
  return path;
}

function settings(resize: [number, number] | null, fit: 'stretch' | 'crop', path = root): DataSettings {
  const source: DataSettings['source'] = { kind: 'imageFolder', path, channels: 'colour', fit };
  return { ...DEFAULT_DATA, source, resize, split: { ...DEFAULT_DATA.split, stratify: false } };
}

function load(resize: [number, number] | null, fit: 'stretch' | 'crop', path = root): Promise<LoadedDataset> {
  return loadDataset(settings(resize, fit, path), null);
}

/** The smallest design on these pictures. */
function pictureDesign(): LoomDocument {
  const base = findTemplate('digits-mlp')?.create();
  const graph = base?.graphs[base.root];
  if (!base || !graph) throw new Error('no template');
  const nodes = Object.fromEntries(
    Object.entries(graph.nodes).map(([id, node]) => {
      if (node.type === 'Input') return [id, { ...node, params: { ...node.params, shape: [HEIGHT, WIDTH, 3] } }];
      return [id, node.params.units === 10 ? { ...node, params: { ...node.params, units: 2 } } : node];
    }),
  );
  return { ...base, graphs: { [base.root]: { ...graph, nodes } } };
}

/** Pixels 0..255 of every picture, by name. */
async function pixelsByName(dataset: LoadedDataset, from = root): Promise<Map<string, Float32Array>> {
  const { data, shape } = dataset.fields.features ?? { data: new Float32Array(), shape: [] };
  const size = shape.reduce((a, b) => a * b, 1);
  const pixels = new Map<string, Float32Array>();
  for (let i = 0; i < dataset.description.summary.samples; i++) {
    const name = relative(from, (await dataset.sampleAt(i)).file ?? '').replaceAll('\\', '/');
    pixels.set(
      name,
      data.slice(i * size, (i + 1) * size).map((value) => value * 255),
    );
  }
  return pixels;
}

/** The largest and the mean difference. */
function apart(ours: ArrayLike<number>, theirs: ArrayLike<number | bigint>): { most: number; mean: number } {
  expect(ours.length).toBe(theirs.length);
  let [most, sum] = [0, 0];
  for (let i = 0; i < ours.length; i++) {
    const difference = Math.abs((ours[i] ?? Number.NaN) - Number(theirs[i]));
    most = Math.max(most, difference);
    sum += difference;
  }
  return { most, mean: sum / ours.length };
}

const data = (key: string) => tensors.get(key)?.data ?? [];

describe('a folder of pictures', () => {
  it('has the classes and the order of Keras', async () => {
    const { description, fields, sampleAt } = await load([4, 4], 'stretch');
    expect(description.summary.fields[1]?.classes).toEqual(python.classes);
    expect(Array.from(fields.label?.data ?? [])).toEqual(python.labels);
    const files = await Promise.all(python.paths.map(async (_, i) => relative(root, (await sampleAt(i)).file ?? '')));
    expect(files).toEqual(python.paths);
  });

  it('is decoded as TensorFlow and Pillow do: png and gif exactly, jpeg within the freedom that decoders have', async () => {
    const pixels = await pixelsByName(await load(null, 'stretch'));
    expect(pixels.size).toBe(python.names.length);
    for (const name of python.names) {
      const ours = pixels.get(name) ?? [];
      const tensorflow = apart(ours, data(`tensorflow ${name}`));
      const lossless = !name.startsWith('jpeg');
      // TensorFlow decodes jpeg with a faster, coarser transform than the one that is usual.
      expect.soft(tensorflow.most, `${name}, TensorFlow`).toBeLessThanOrEqual(lossless ? 0.01 : 8);
      expect.soft(tensorflow.mean, `${name}, TensorFlow`).toBeLessThanOrEqual(lossless ? 0.001 : 1.5);
      if (!tensors.has(`pillow ${name}`)) continue;
      const pillow = apart(ours, data(`pillow ${name}`));
      expect.soft(pillow.most, `${name}, Pillow`).toBeLessThanOrEqual(lossless ? 0.01 : 2);
      expect.soft(pillow.mean, `${name}, Pillow`).toBeLessThanOrEqual(lossless ? 0.001 : 0.1);
    }
  });

  it.each([
    ['stretch', 24, 24],
    ['crop', 20, 40],
    ['stretch', 50, 90],
  ] as const)('is resized as Keras does: %s to %d×%d', async (fit, height, width) => {
    const dataset = await load([height, width], fit);
    const ours = (dataset.fields.features?.data ?? new Float32Array()).map((value) => value * 255);
    const theirs = data(`${fit} ${height}x${width}`);
    const size = height * width * 3;
    python.paths.forEach((path, i) => {
      const part = (values: ArrayLike<number | bigint>) => Array.prototype.slice.call(values, i * size, (i + 1) * size);
      const { most, mean } = apart(part(ours), part(theirs));
      // Ours are whole numbers: half a step apart at most, where the decoders agree.
      const lossless = !path.startsWith('jpeg');
      expect.soft(most, path).toBeLessThanOrEqual(lossless ? 0.501 : 8);
      expect.soft(mean, path).toBeLessThanOrEqual(lossless ? 0.3 : 1.5);
    });
  });

  it('holds webp too', async () => {
    const { scaler } = await load(null, 'stretch');
    const [pixels] = await readPictureInputs(scaler, [{ picture: join(folder, 'webp/lossless/a.webp') }]);
    expect(apart(pixels as number[], data('lossless')).most).toBeLessThan(1e-9);
  });

  it('the program of a run takes the pictures that are still as they were, each in its part', () => {
    expect(expectedParts.map((part) => part.length > 1)).toEqual([true, true, true]);
    expect(python.parts).toEqual(expectedParts);
  });

  it('of every kind, whole or damaged: the exported program reads the very pixels that the app reads, or it is left out', async () => {
    const dataset = await load([HEIGHT, WIDTH], 'stretch', kinds);
    const ours = await pixelsByName(dataset, kinds);
    expect([...ours.keys()]).toEqual(python.program.files);
    expect(python.program.unread).toEqual({});
    for (const [name, pixels] of ours)
      expect.soft(apart(pixels, data(`program ${name}`)).most, name).toBeLessThan(1e-3);
    const read = (name: string): boolean => ours.has(name);
    // Neither all nor nothing of the damaged ones is read: what is behind the end harms nothing.
    expect(read('wrong/420-07.jfif')).toBe(true);
    for (const name of ['wrong/420-03.jfif', 'wrong/clear-06.png', 'wrong/plain-04.gif', 'wrong/lossy-02.webp'])
      expect.soft(read(name), name).toBe(false);
    const kindless = dataset.description.problems.find(({ code }) => code === 'picture-kind')?.facts?.files;
    expect(Array.isArray(kindless) && kindless.filter((name) => String(name).startsWith('whole/'))).toEqual([
      'whole/a.avif',
      'whole/a.bmp',
      'whole/a.tif',
      'whole/called.avif.jpg',
      'whole/moving.webp',
    ]);
    // All other kinds are read.
    for (const name of readdirSync(join(kinds, 'whole'))) {
      const left = Array.isArray(kindless) && kindless.includes(`whole/${name}`);
      expect.soft(read(`whole/${name}`), name).toBe(!left);
    }
  });
});
