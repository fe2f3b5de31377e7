import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import type { LoomDocument } from '../../core/document/index.ts';
import { findTemplate } from '../../core/templates/index.ts';

/** Designs whose exported programs are run. */
export const PROGRAMS: readonly {
  readonly name: string;
  readonly document: (folder: string) => LoomDocument | Promise<LoomDocument>;
  /** The program hands its samples over in an order of its own. */
  readonly anyOrder?: boolean;
  readonly epochs: number;
}[] = [
  { name: 'digits-cnn', document: template('digits-cnn'), epochs: 2 },
  { name: 'digits-transformer', document: template('digits-transformer'), epochs: 2 },
  { name: 'digits-resnet', document: template('digits-resnet'), epochs: 2 },
  {
    name: 'iris-mlp',
    document: template('iris-mlp', {
      schedule: { name: 'cosine', warmup: 2.5, start: 0.1, end: 0 },
      clipping: { name: 'globalNorm', norm: 1 },
    }),
    epochs: 10,
  },
  { name: 'xor-mlp', document: template('xor-mlp'), epochs: 10 },
  {
    name: 'penguins',
    document: template('penguins', {
      schedule: { name: 'plateau', factor: 0.5, patience: 2, minDelta: 0.01, cooldown: 1, least: 0 },
      clipping: { name: 'value', limit: 1 },
    }),
    epochs: 10,
  },
  { name: 'houses', document: housesDesign, epochs: 20 },
  { name: 'pictures', document: picturesDesign, epochs: 4 },
  { name: 'pictures-parts', document: partsDesign, epochs: 4, anyOrder: true },
];

function template(id: string, training: Partial<LoomDocument['training']> = {}): () => LoomDocument {
  return () => {
    const found = findTemplate(id);
    if (!found) throw new Error(`no template ${id}`);
    const document = found.create();
    return { ...document, training: { ...document.training, ...training } };
  };
}

/** Regression on a file of the person's own, with everything that makes CSV hard. */
function housesDesign(folder: string): LoomDocument {
  const rows = Array.from({ length: 60 }, (_, i) => {
    const area = 50 + ((i * 37) % 100);
    const town = ['Köln', 'Bonn', '"Aachen; West"'][i % 3];
    const missing = i % 11 === 0 ? 'NA' : String(area + 0.5).replace('.', ',');
    return `${i};${missing};${i % 7 === 0 ? '' : town};${String(area * 3 + (i % 3) * 20).replace('.', ',')}`;
  });
  writeFileSync(
    join(folder, 'houses.csv'),
    Buffer.from(`﻿id;Fläche;town;price\r\n${rows.join('\r\n')}\r\n\r\n`, 'utf8'),
  );
  const base = template('iris-mlp')();
  const graph = base.graphs[base.root];
  if (!graph) throw new Error('no graph');
  const nodes = Object.fromEntries(
    Object.entries(graph.nodes).map(([id, node]) => {
      if (node.type === 'Input') return [id, { ...node, params: { ...node.params, shape: [4] } }];
      if (node.type === 'Output') return [id, { ...node, params: { ...node.params, loss: 'huber' } }];
      const last = Object.values(graph.edges).some(
        (edge) => edge.source === id && graph.nodes[edge.target]?.type === 'Output',
      );
      return [id, last ? { ...node, type: 'Dense', params: { units: 1 } } : node];
    }),
  );
  return {
    ...base,
    name: 'Houses',
    graphs: { [base.root]: { ...graph, nodes } },
    data: {
      ...base.data,
      scaling: 'minmax',
      source: { kind: 'csv', path: 'houses.csv', columns: {}, missing: 'meanOrMode' },
    },
    training: {
      ...base.training,
      learningRate: 0.05,
      optimizer: { name: 'sgd', momentum: 0.5, nesterov: true, weightDecay: 0.001 },
    },
  };
}

/** One picture of a kind: bright above, below or on the left, with a pattern of its own. */
async function picture(
  file: string,
  kind: number,
  seed: number,
  [height, width]: readonly [number, number],
): Promise<void> {
  mkdirSync(dirname(file), { recursive: true });
  const bytes = new Uint8Array(height * width * 3);
  for (let p = 0; p < height * width; p++) {
    const [y, x] = [Math.floor(p / width) / height, (p % width) / width];
    const bright = [y < 0.5, y >= 0.5, x < 0.5][kind] ? 180 : 20;
    for (let c = 0; c < 3; c++) bytes[p * 3 + c] = bright + ((p * 7 + c * 13 + seed * 29) % 64);
  }
  await sharp(bytes, { raw: { height, width, channels: 3 } }).toFile(file);
}

/** The digits' small network on pictures of another size and three classes. */
function pictureNetwork(shape: readonly [number, number, number]): LoomDocument {
  const base = template('digits-cnn')();
  const graph = base.graphs[base.root];
  if (!graph) throw new Error('no graph');
  const nodes = Object.fromEntries(
    Object.entries(graph.nodes).map(([id, node]) => {
      if (node.type === 'Input') return [id, { ...node, params: { ...node.params, shape: [...shape] } }];
      return [id, node.params.units === 10 ? { ...node, params: { ...node.params, units: 3 } } : node];
    }),
  );
  return { ...base, graphs: { [base.root]: { ...graph, nodes } } };
}

/** Classes in folders, at several depths and sizes, with a file that is none; cropped. */
async function picturesDesign(folder: string): Promise<LoomDocument> {
  const root = join(folder, 'pictures');
  for (let i = 0; i < 60; i++) {
    const name = join(
      ['Zebra', 'ant', 'bee'][i % 3] ?? '',
      i % 5 === 0 ? 'more' : '',
      `${i}.${i % 7 === 0 ? 'gif' : 'png'}`,
    );
    await picture(join(root, name), i % 3, i, [16 + (i % 4) * 5, 20]);
  }
  writeFileSync(join(root, 'bee', '00.png'), 'none');
  const base = pictureNetwork([12, 10, 3]);
  return {
    ...base,
    data: {
      ...base.data,
      source: { kind: 'imageFolder', path: root, channels: 'colour', fit: 'crop' },
      resize: [12, 10],
    },
    training: { ...base.training, shuffle: false, batchSize: 16 },
  };
}

/** Parts by folder as archives have them, validation by its fraction; grey. A folder beside them is none. */
async function partsDesign(folder: string): Promise<LoomDocument> {
  for (let i = 0; i < 72; i++) {
    const name = join(
      i < 54 ? 'training_set/training_set' : 'test_set',
      ['Zebra', 'ant', 'bee'][i % 3] ?? '',
      `${i}.png`,
    );
    await picture(join(folder, 'parts', name), i % 3, i, [18, 14]);
  }
  await picture(join(folder, 'parts', 'single_prediction', 'bee.png'), 1, 1, [18, 14]);
  const base = pictureNetwork([9, 9, 1]);
  return {
    ...base,
    data: {
      ...base.data,
      source: { kind: 'imageFolder', path: join(folder, 'parts'), channels: 'grey', fit: 'stretch' },
      resize: [9, 9],
    },
    training: { ...base.training, batchSize: 16 },
  };
}
