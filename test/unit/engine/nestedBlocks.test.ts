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
import { analyse, graphOf } from '../../../core/graph/index.ts';
import { findTemplate } from '../../../core/templates/index.ts';
import { edited } from '../../edits.ts';

/** Blocks in blocks, one repeated, values handed down, a block with two outputs; and the same network drawn by hand without blocks. */
const nested = fixture('nested');
const drawnFlat = fixture('drawnFlat');

function fixture(name: string): LoomDocument {
  const parsed = parseDocument(readFileSync(join(import.meta.dirname, `../../fixtures/blocks/${name}.loom`), 'utf8'));
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.value.document;
}

/** With the names that layers have in their blocks, the second of a name with the next number. */
function takenApart(document: LoomDocument): LoomDocument {
  const main = graphOf(document);
  const seen = new Map<string, number>();
  const nodes = Object.entries(main.nodes).map(([id, node]) => {
    const name = node.name.split('_').at(-1) ?? node.name;
    const times = seen.get(name) ?? 0;
    seen.set(name, times + 1);
    return [id, { ...node, name: times === 0 ? name : `${name}_${times}` }] as const;
  });
  return { ...document, graphs: { ...document.graphs, [main.id]: { ...main, nodes: Object.fromEntries(nodes) } } };
}

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
  const [own, drawn] = [await trained(nested), await trained(takenApart(drawnFlat))];
  expect([...own.keys()]).toContain('stage/unit[1]/conv/kernel');
  expect([...drawn.keys()]).toContain('conv_1/kernel');
  const [ours, theirs] = [[...own.values()], [...drawn.values()]];
  expect(ours).toHaveLength(theirs.length);
  for (const [place, { data }] of ours.entries()) expect(data, [...own.keys()][place]).toEqual(theirs[place]?.data);
});

test.each(['digits-cnn', 'digits-resnet'])('%s trains to the very same weights with layers grouped', async (id) => {
  const template = findTemplate(id)?.create();
  if (template === undefined) throw new Error(id);
  const document = { ...template, training: { ...template.training, epochs: 1 } };
  const middle = graphOf(document).nodes;
  const inner = Object.values(middle).filter(({ type }) => !['Input', 'Output', 'Softmax', 'Dense'].includes(type));
  const once = edited(document, 'groupIntoBlock', { nodeIds: inner.map((node) => node.id) });
  const [block] = Object.keys(once.graphs).filter((key) => key !== once.root);
  const some = inner.slice(0, 2).map((node) => node.id);
  const twice = edited(once, 'groupIntoBlock', { graph: block ?? '', nodeIds: some });
  expect(Object.keys(twice.graphs)).toHaveLength(3);
  const [own, grouped] = [await trained(document), await trained(twice)];
  const leaf = (key: string) => key.split('/').slice(-2).join('/');
  expect(new Set([...grouped.keys()].map(leaf))).toEqual(new Set(own.keys()));
  for (const [key, { data }] of grouped) expect(data, key).toEqual(own.get(leaf(key))?.data);
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
