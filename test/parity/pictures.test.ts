import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LoadedDataset, loadDataset, readPictureInputs } from '../../core/data/node.ts';
import { type DataSettings, DEFAULT_DATA } from '../../core/document/index.ts';
import { readSafetensors } from '../../core/formats/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'layerloom-pictures-parity-'));
const root = join(folder, 'set');
let python: { names: string[]; classes: string[]; paths: string[]; labels: number[] };
let tensors: ReadonlyMap<string, { readonly shape: readonly number[]; readonly data: ArrayLike<number | bigint> }>;

beforeAll(() => {
  mkdirSync(root);
  const out = join(folder, 'pictures.safetensors');
  const program = join(import.meta.dirname, 'pictures.py');
  const printed = execFileSync(process.env.LAYERLOOM_PYTHON ?? 'python3', [program, root, out], { encoding: 'utf8' });
  python = JSON.parse(printed.trim().split('\n').at(-1) ?? '');
  tensors = readSafetensors(readFileSync(out)).tensors;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function load(resize: [number, number] | null, fit: 'stretch' | 'crop', path = root): Promise<LoadedDataset> {
  const source: DataSettings['source'] = { kind: 'imageFolder', path, channels: 'colour', fit };
  return loadDataset({ ...DEFAULT_DATA, source, resize, split: { ...DEFAULT_DATA.split, stratify: false } }, null);
}

/** Pixels 0..255 of every picture, by name. */
async function pixelsByName(dataset: LoadedDataset): Promise<Map<string, Float32Array>> {
  const { data, shape } = dataset.fields.features ?? { data: new Float32Array(), shape: [] };
  const size = shape.reduce((a, b) => a * b, 1);
  const pixels = new Map<string, Float32Array>();
  for (let i = 0; i < dataset.description.summary.samples; i++) {
    const name = relative(root, (await dataset.sampleAt(i)).file ?? '').replaceAll('\\', '/');
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
});
