import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { beforeAll, expect, test } from 'vitest';
import { loadDataset } from '../../../core/data/node.ts';
import { type LoomDocument, parseDocument } from '../../../core/document/index.ts';
import { activateBackend } from '../../../core/engine/backends/registry.ts';
import { buildModel } from '../../../core/engine/model/buildModel.ts';
import { Trainer } from '../../../core/engine/train/trainer.ts';
import type { WeightMap } from '../../../core/formats/index.ts';
import { writeKeras } from '../../../core/formats/node.ts';
import { writeTfjs } from '../../../core/formats/tfjs/node.ts';
import { analyse } from '../../../core/graph/index.ts';

/** Blocks in blocks, one repeated, values handed down, a block with two outputs; and the same network drawn by hand without blocks. */
const nested = fixture('nested');
const drawnFlat = fixture('drawnFlat');

function fixture(name: string): LoomDocument {
  const parsed = parseDocument(readFileSync(join(import.meta.dirname, `../../fixtures/blocks/${name}.loom`), 'utf8'));
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.value.document;
}

/** A weight's key with its layer's path as a layer drawn by hand would be called. */
const drawnKey = (key: string) => {
  const parts = key.split('/');
  return `${parts
    .slice(0, -1)
    .join('_')
    .replace(/\[(\d+)\]/g, '_$1')}/${parts.at(-1)}`;
};

beforeAll(async () => {
  await activateBackend('wasm', { home: '/nonexistent' });
});

test('is analysed as the network drawn without blocks', () => {
  const [a, b] = [nested, drawnFlat].map((document) => analyse({ document, dataset: null }));
  expect(a?.problems).toEqual([]);
  expect(b?.problems).toEqual([]);
  expect(a?.totals).toEqual(b?.totals);
  expect(a?.order).toEqual(b?.order);
});

test('trains to the very same weights, which are called by their path', async () => {
  const [own, drawn] = [await trained(nested), await trained(drawnFlat)];
  expect([...own.keys()]).toContain('stage/unit[1]/conv/kernel');
  expect([...own.keys()].map(drawnKey)).toEqual([...drawn.keys()]);
  for (const [key, { data }] of own) expect(data, key).toEqual(drawn.get(drawnKey(key))?.data);
});

test('is exported to the very same files', async () => {
  const weights = await trained(drawnFlat);
  const own: WeightMap = new Map([...(await trained(nested))]);
  const [a, b] = await Promise.all([writeKeras(nested, own), writeKeras(drawnFlat, weights)]);
  const config = (bytes: Uint8Array) => JSON.parse(strFromU8(unzipSync(bytes)['config.json'] ?? new Uint8Array()));
  expect(config(a)).toEqual(config(b));
  expect(await tfjsFiles(withoutSplit(nested))).toEqual(await tfjsFiles(withoutSplit(drawnFlat)));
  await expect(tfjsFiles(nested)).rejects.toThrow('“halves/parts” is a Split');
});

/** Plain TensorFlow.js has no Split: a ReLU in its place, of which both branches read the one output. */
function withoutSplit(document: LoomDocument): LoomDocument {
  const graphs = Object.entries(document.graphs).map(([id, graph]) => {
    const nodes = Object.entries(graph.nodes).map(([key, node]) => [
      key,
      node.type === 'Split' ? { ...node, type: 'ReLU', params: {} } : node,
    ]);
    return [id, { ...graph, nodes: Object.fromEntries(nodes) }];
  });
  return { ...document, graphs: Object.fromEntries(graphs) };
}

async function trained(document: LoomDocument): Promise<WeightMap> {
  const trainer = new Trainer(document, await loadDataset(document.data, null));
  try {
    const control = { wish: 'run', resumed: async () => undefined } as const;
    await trainer.run(control, { points: () => undefined, save: async () => undefined });
    return (await trainer.snapshot()).weights;
  } finally {
    trainer.dispose();
  }
}

async function tfjsFiles(document: LoomDocument) {
  const built = buildModel(document, { seed: 3, mode: 'export' });
  try {
    return (await writeTfjs(built.model, built.network)).map(({ name, bytes }) => [name, strFromU8(bytes, true)]);
  } finally {
    built.dispose();
  }
}
