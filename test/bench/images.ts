/**
 * Training on pictures from disk that do not fit in memory: 32,000 of them (another number as argument) in a temporary folder, one epoch
 * from the first read and one after it. Prints how fast reading alone, training alone and both together are, how much of the time
 * training waits for pictures, and the most resident memory. Each backend runs in a process of its own.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import envPaths from 'env-paths';
import sharp from 'sharp';
import { type LoadedDataset, loadDataset } from '../../core/data/node.ts';
import { DEFAULT_DATA, emptyDocument, type LoomDocument } from '../../core/document/index.ts';
import { activateBackend } from '../../core/engine/backends/registry.ts';
import { findInstalledTensorflow } from '../../core/engine/install/location.ts';
import { MEMORY_SETTINGS } from '../../core/engine/node.ts';
import { Trainer } from '../../core/engine/train/trainer.ts';

const home = process.env.LAYERLOOM_HOME ?? envPaths('Layerloom', { suffix: '' }).data;
const USUAL = 32_000;
const CLASSES = 10;
const SIDE = 96;
const BATCH = 64;
const megabytes = (bytes: number) => `${Math.round(bytes / 1e6).toLocaleString('en')} MB`;

/** JPEGs of 120×100 pixels with a coloured wave of their class, to be resized on reading. */
async function makePictures(folder: string, count: number): Promise<void> {
  const [width, height] = [120, 100];
  for (let c = 0; c < CLASSES; c++) mkdirSync(join(folder, `class${c}`));
  const one = async (i: number): Promise<void> => {
    const bytes = new Uint8Array(width * height * 3);
    const label = i % CLASSES;
    for (let p = 0; p < width * height; p++) {
      const wave =
        Math.sin(((p % width) * (label + 1)) / 20 + i) + Math.cos((Math.floor(p / width) * (CLASSES - label)) / 20);
      for (let k = 0; k < 3; k++) bytes[p * 3 + k] = 127 + 50 * wave + ((p * 31 + k * 17 + i) % 23);
    }
    const file = join(folder, `class${label}`, `${i}.jpg`);
    await sharp(bytes, { raw: { width, height, channels: 3 } })
      .jpeg({ quality: 85 })
      .toFile(file);
  };
  for (let i = 0; i < count; i += 16)
    await Promise.all(Array.from({ length: Math.min(16, count - i) }, (_, k) => one(i + k)));
}

function design(folder: string, epochs: number): LoomDocument {
  const empty = emptyDocument('Pictures');
  const layers = [
    ['Input', { shape: [SIDE, SIDE, 3] }],
    ['Conv2D', { filters: 16, kernelSize: [3, 3], strides: [2, 2], activation: 'relu' }],
    ['Conv2D', { filters: 32, kernelSize: [3, 3], strides: [2, 2], activation: 'relu' }],
    ['GlobalAveragePool2D', {}],
    ['Dense', { units: CLASSES, activation: 'softmax' }],
    ['Output', {}],
  ] as const;
  const id = (i: number): string => `n${i}`;
  const nodes = layers.map(([type, params], i) => ({
    id: id(i),
    type,
    typeVersion: 1,
    name: `layer${i}`,
    params: { ...params },
    position: { x: 0, y: i * 100 },
  }));
  const edges = layers.slice(1).map((_, i) => ({
    id: `e${i}`,
    source: id(i),
    sourcePort: 'out',
    target: id(i + 1),
    targetPort: 'in',
    order: 0,
  }));
  const byId = <T extends { id: string }>(list: readonly T[]) => Object.fromEntries(list.map((one) => [one.id, one]));
  return {
    ...empty,
    graphs: { main: { id: 'main', nodes: byId(nodes), edges: byId(edges) } } as unknown as LoomDocument['graphs'],
    data: {
      ...DEFAULT_DATA,
      source: { kind: 'imageFolder', path: folder, channels: 'colour', fit: 'stretch' },
      resize: [SIDE, SIDE],
      split: { ...DEFAULT_DATA.split, validation: 0.05, test: 0 },
    },
    training: { ...empty.training, batchSize: BATCH, epochs },
  };
}

/** Seconds of training, of waiting for pictures within them, and the resident memory at its highest while it went on. */
async function train(document: LoomDocument, dataset: LoadedDataset) {
  const trainer = new Trainer(document, dataset);
  let memory = 0;
  const epochs: { seconds: number; waited: number }[] = [];
  const look = setInterval(() => {
    memory = Math.max(memory, process.memoryUsage.rss());
  }, 20);
  let [begun, waited] = [performance.now(), 0];
  try {
    await trainer.run(
      { wish: 'run', resumed: async () => undefined },
      {
        points: (points) => {
          if (!points.some(({ kind }) => kind === 'epoch')) return;
          epochs.push({ seconds: (performance.now() - begun) / 1000, waited: trainer.waitedForData - waited });
          [begun, waited] = [performance.now(), trainer.waitedForData];
        },
        save: async () => undefined,
      },
    );
  } finally {
    clearInterval(look);
    trainer.dispose();
  }
  return { epochs, memory };
}

/** Milliseconds of processor time since a mark, over all threads. */
const processorSince = (mark: NodeJS.CpuUsage): number => {
  const { user, system } = process.cpuUsage(mark);
  return (user + system) / 1000;
};

async function measure(backend: 'wasm' | 'tensorflow', folder: string, count: number): Promise<void> {
  await activateBackend(backend, { home });
  const document = design(folder, 2);
  const before = process.memoryUsage.rss();
  let begun = performance.now();
  // Of fewer pictures than usual, the same share is kept in memory.
  const kept = Math.min(1, count / USUAL) * 512 * 2 ** 20;
  const dataset = await loadDataset(document.data, null, { memory: { whole: 0, kept } });
  const checked = (performance.now() - begun) / 1000;
  const samples = dataset.description.summary.samples;
  const field = dataset.streamed.features;
  if (!field) throw new Error('The pictures should come from disk');

  // Of the pictures that are never kept: the last ones.
  const some = Int32Array.from({ length: BATCH * 32 }, (_, i) => samples - 1 - i);
  begun = performance.now();
  let mark = process.cpuUsage();
  const batches = Array.from({ length: 32 }, (_, i) => some.slice(i * BATCH, (i + 1) * BATCH));
  for (let i = 0; i < 32; i += 4) await Promise.all(batches.slice(i, i + 4).map((batch) => field.read(batch)));
  const readingAlone = some.length / ((performance.now() - begun) / 1000);
  const readingCost = processorSince(mark) / some.length;

  mark = process.cpuUsage();
  const { epochs, memory } = await train(document, dataset);
  const bothCost = processorSince(mark) / (2 * samples);
  // Last, since what is freed stays with the process.
  const few = { ...dataset.splits, train: dataset.splits.train.slice(0, BATCH * 32), validation: new Int32Array() };
  const values = await field.read(few.train);
  const inMemory: LoadedDataset = {
    ...dataset,
    splits: { ...few, train: Int32Array.from({ length: few.train.length }, (_, i) => i) },
    streamed: {},
    fields: {
      features: { data: Float32Array.from(values, (value) => value / 255), shape: [...field.shape] },
      label: {
        data:
          few.train.length > 0
            ? Float32Array.from(few.train, (i) => dataset.fields.label?.data[i] ?? 0)
            : new Float32Array(),
        shape: [1],
      },
    },
  };
  mark = process.cpuUsage();
  const alone = await train(document, inMemory);
  const trainingCost = processorSince(mark) / (2 * few.train.length);
  const trainingAlone = few.train.length / (alone.epochs[1]?.seconds ?? Number.NaN);

  const trained = dataset.splits.train.length;
  console.log(
    `${backend}: ${samples.toLocaleString('en')} pictures of 120×100, brought to ${SIDE}×${SIDE}; batches of ${BATCH}`,
  );
  console.log(`  checked whole in ${checked.toFixed(1)} s (${Math.round(samples / checked)} a second)`);
  console.log(
    `  reading alone ${Math.round(readingAlone)} a second, training alone ${Math.round(trainingAlone)} a second`,
  );
  console.log(
    `  processor time a picture: ${readingCost.toFixed(2)} ms reading, ${trainingCost.toFixed(2)} ms training, ${bothCost.toFixed(2)} ms both`,
  );
  epochs.forEach(({ seconds, waited }, i) => {
    console.log(
      `  epoch ${i + 1}: ${seconds.toFixed(1)} s (${Math.round(trained / seconds)} a second with validation), ${((100 * waited) / seconds).toFixed(1)} % of it waiting for pictures`,
    );
  });
  const whole = samples * SIDE * SIDE * 3;
  console.log(
    `  memory: ${megabytes(before)} before, at most ${megabytes(memory)} while training (all pictures: ${megabytes(whole)} as bytes, ${megabytes(whole * 4)} as float32)`,
  );
}

const [first = '', second = '', third = ''] = process.argv.slice(2);
if (first === 'wasm' || first === 'tensorflow') await measure(first, second, Number(third));
else {
  const count = Number(first) || USUAL;
  const folder = mkdtempSync(join(tmpdir(), 'layerloom-bench-images-'));
  try {
    console.log(`Making ${count.toLocaleString('en')} pictures.`);
    await makePictures(folder, count);
    for (const backend of ['tensorflow', 'wasm'] as const) {
      if (backend === 'tensorflow' && !findInstalledTensorflow(home)) {
        console.log('tensorflow: no engine is installed.');
        continue;
      }
      const env = { ...MEMORY_SETTINGS, ...process.env };
      spawnSync(process.execPath, [process.argv[1] ?? '', backend, folder, String(count)], { stdio: 'inherit', env });
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
