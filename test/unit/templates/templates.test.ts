import { describe, expect, it } from 'vitest';
import { loadDataset } from '../../../core/data/node.ts';
import { type DatasetSummary, parseDocument, serialiseDocument } from '../../../core/document/index.ts';
import { analyse, CARD, graphOf, resolveNetwork } from '../../../core/graph/index.ts';
import { findTemplate, TEMPLATES } from '../../../core/templates/index.ts';
import { sizeOf } from '../../../core/tensor/index.ts';

async function datasetOf(id: string): Promise<DatasetSummary | null> {
  const data = findTemplate(id)?.create().data;
  return data && data.source.kind !== 'none' ? (await loadDataset(data, null)).description.summary : null;
}

describe.each(TEMPLATES.map((template) => [template.id, template] as const))('template %s', (id, template) => {
  const document = template.create();
  const nodes = Object.values(graphOf(document).nodes);

  it('has no problems with its data', async () => {
    const { problems, buildable } = analyse({ document, dataset: await datasetOf(id) });
    expect(problems.filter((problem) => problem.code !== 'no-data')).toEqual([]);
    expect(buildable).toBe(true);
  });

  it('has as many layers and parameters as it says', () => {
    const { layers, parameters } = template;
    expect(analyse({ document, dataset: null }).totals).toMatchObject({ layers, params: parameters });
  });

  it('survives a round trip through its file', () => {
    const text = serialiseDocument(document);
    const parsed = parseDocument(text);
    expect(parsed).toEqual({ ok: true, value: { document, problems: [] } });
    expect(parsed.ok && serialiseDocument(parsed.value.document)).toBe(text);
  });

  if (template.tags.includes('classification'))
    it('ends in Dense, softmax or sigmoid, Output', () => {
      const types = nodes.map((node) => node.type);
      expect(types.slice(-3)).toEqual(['Dense', id === 'xor-mlp' ? 'Sigmoid' : 'Softmax', 'Output']);
    });

  it('is laid out left to right without cards touching', () => {
    for (const edge of Object.values(graphOf(document).edges)) {
      const [from, to] = [graphOf(document).nodes[edge.source], graphOf(document).nodes[edge.target]];
      expect((to?.position.x ?? 0) - (from?.position.x ?? 0)).toBeGreaterThan(CARD.width);
    }
    for (const a of nodes)
      for (const b of nodes)
        if (a !== b)
          expect(
            Math.abs(a.position.x - b.position.x) >= CARD.width || Math.abs(a.position.y - b.position.y) >= CARD.height,
          ).toBe(true);
  });
});

/** Weights of all layers, and those that training changes, of networks that others count too. */
const COUNTS: readonly (readonly [id: string, all: number, trainable: number])[] = [
  ['xor-mlp', 2 * 4 + 4 + 4 + 1, 2 * 4 + 4 + 4 + 1],
  ['lenet5', 61_706, 61_706],
  // torchvision; what it counts are the trainable ones.
  ['vgg11', 132_863_336, 132_863_336],
  ['vgg16', 138_357_544, 138_357_544],
  ['resnet18', 11_699_112, 11_689_512],
  ['googlenet', 6_639_464, 6_624_904],
  // Keras, which counts moving statistics too.
  ['resnet20', 274_442, 273_066],
  ['resnet50', 25_636_712, 25_583_592],
  ['densenet121', 8_062_504, 7_978_856],
  ['mobilenet-v2', 3_538_984, 3_504_872],
];

it.each(COUNTS)('%s has %i parameters, %i of them trainable', (id, all, trainable) => {
  const template = findTemplate(id);
  const network = template && resolveNetwork(template.create());
  if (!network?.ok) throw new Error(network?.error.message ?? id);
  const weights = network.value.layers.flatMap((layer) => layer.weights);
  const sum = (chosen: typeof weights) => chosen.reduce((total, { shape }) => total + sizeOf(shape), 0);
  expect(sum(weights)).toBe(all);
  expect(sum(weights.filter((weight) => weight.trainable))).toBe(trainable);
});

it('the U-Net and the autoencoder have as many parameters as their layers add up to', () => {
  const conv = (k: number, from: number, to: number) => k * k * from * to + to;
  const pairs = (from: number, to: number) => conv(3, from, to) + conv(3, to, to);
  const [a, b, c, d, e] = [64, 128, 256, 512, 1024] as const;
  const down = pairs(1, a) + pairs(a, b) + pairs(b, c) + pairs(c, d) + pairs(d, e);
  const up = [
    [e, d],
    [d, c],
    [c, b],
    [b, a],
  ] as const;
  const unet = up.reduce((sum, [from, to]) => sum + conv(2, from, to) + pairs(2 * to, to), down) + conv(1, a, 1);
  expect(findTemplate('u-net')?.parameters).toBe(unet);
  const dense = (from: number, to: number) => from * to + to;
  const coder = dense(64, 128) + dense(128, 16) + dense(16, 128) + dense(128, 64);
  expect(findTemplate('autoencoder')?.parameters).toBe(coder);
});
