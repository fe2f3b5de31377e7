import * as tf from '@tensorflow/tfjs-core';
import { afterAll, describe, expect, test } from 'vitest';
import { loadDataset } from '../../../core/data/node.ts';
import { activateBackend } from '../../../core/engine/backends/registry.ts';
import { buildModel } from '../../../core/engine/model/buildModel.ts';
import { setWeights } from '../../../core/engine/model/weights.ts';
import { Trainer } from '../../../core/engine/train/trainer.ts';
import type { MetricPoint } from '../../../core/runs/index.ts';
import { design, type TestNode } from './designs.ts';
import { tensorflowHome } from './tensorflowHome.ts';

/** Designs that are sound but unusual: each once ended a training with a message of TensorFlow.js's. */
const input: TestNode = { type: 'Input', name: 'x', params: { shape: [4] } };
const scores: TestNode = { type: 'Dense', name: 'scores', params: { units: 3 } };
const logits = { fromLogits: true };
const sequence: readonly TestNode[] = [
  input,
  { type: 'Reshape', name: 'steps', params: { targetShape: [2, 2] } },
  { type: 'Dense', name: 'wide', params: { units: 4 } },
];
const answer = (from: string): TestNode[] => [
  { type: 'Flatten', name: 'flat', from: [from] },
  { type: 'Dense', name: 'answer', params: { units: 3, activation: 'softmax' } },
  { type: 'Output', name: 'species' },
];
const oneStep = (type: string, params: TestNode['params']): TestNode[] => [
  input,
  { type: 'Reshape', name: 'moment', params: { targetShape: [1, 4] } },
  { type, name: 'recurrent', params: { units: 5, ...params } },
  ...answer('recurrent'),
];
/** Wires of a layer with several inputs, by port. */
const attention = (from: readonly string[]): TestNode => ({
  type: 'MultiHeadAttention',
  name: 'attention',
  params: { numHeads: 2, keyDim: 2 },
  from,
});

const DESIGNS: { readonly [name: string]: readonly TestNode[] } = {
  'a sum of x and x beside x': [
    input,
    { type: 'Dense', name: 'hidden', params: { units: 4 } },
    { type: 'Add', name: 'twice', from: ['hidden', 'hidden'] },
    { type: 'Concatenate', name: 'all', from: ['twice', 'hidden', 'twice', 'hidden'] },
    ...answer('all'),
  ],
  'x three times in a product, and read again twice over': [
    input,
    { type: 'Dense', name: 'hidden', params: { units: 4, activation: 'tanh' } },
    { type: 'Multiply', name: 'cube', from: ['hidden', 'hidden', 'hidden'] },
    { type: 'Average', name: 'mean', from: ['hidden', 'cube', 'hidden'] },
    { type: 'Add', name: 'sum', from: ['mean', 'hidden'] },
    ...answer('sum'),
  ],
  'attention of x to x, and x added': [
    ...sequence,
    attention(['wide', 'wide']),
    { type: 'Add', name: 'residual', from: ['attention', 'wide'] },
    ...answer('residual'),
  ],
  'attention with all three inputs from one layer, and x added': [
    ...sequence,
    attention(['wide', 'wide', 'wide']),
    { type: 'Add', name: 'residual', from: ['wide', 'attention'] },
    ...answer('residual'),
  ],
  'two outputs of one layer': [
    input,
    scores,
    { type: 'Output', name: 'first', params: logits, from: ['scores'] },
    { type: 'Output', name: 'second', params: { ...logits, labelSmoothing: 0.1 }, from: ['scores'] },
  ],
  'the numbers before a softmax compared as well as what is after it': [
    input,
    scores,
    { type: 'Softmax', name: 'softmax' },
    { type: 'Output', name: 'classes', from: ['softmax'] },
    { type: 'Output', name: 'numbers', params: logits, from: ['scores'] },
  ],
  ...Object.fromEntries(
    ['LSTM', 'GRU', 'SimpleRNN'].flatMap((type) =>
      [true, false].map((returnSequences) => [
        `${type} over one time step${returnSequences ? ', all steps put out' : ''}`,
        // An activation that no kernel of ours covers, so that the steps are done one by one on every backend.
        oneStep(type, { returnSequences, activation: 'sigmoid' }),
      ]),
    ),
  ),
};

const documentOf = (nodes: readonly TestNode[]) => {
  const made = design(nodes, { kind: 'builtin', id: 'iris' }, { epochs: 2, batchSize: 32 });
  const graph = made.graphs.main;
  if (!graph) throw new Error('a design has a graph');
  const ports = ['query', 'value', 'key'];
  const edges = Object.fromEntries(
    Object.entries(graph.edges).map(([id, edge]) => [
      id,
      edge.target === 'attention' ? { ...edge, targetPort: ports[edge.order] ?? '', order: 0 } : edge,
    ]),
  );
  return { ...made, graphs: { main: { ...graph, edges } } };
};

afterAll(async () => {
  await activateBackend('wasm', { home: '/nonexistent' });
});

describe.each(['cpu', 'wasm', 'tensorflow'] as const)('%s', (backend) => {
  const skip = backend === 'tensorflow' && tensorflowHome === null;
  test.skipIf(skip).each(Object.entries(DESIGNS))('%s: trains, validates and predicts', async (_, nodes) => {
    await activateBackend(backend, { home: tensorflowHome ?? '/nonexistent' });
    const document = documentOf(nodes);
    const trainer = new Trainer(document, await loadDataset(document.data, null));
    try {
      const points: MetricPoint[] = [];
      await trainer.run(
        { wish: 'run', resumed: async () => undefined },
        { points: (more) => points.push(...more), save: async () => undefined },
      );
      const [first, last] = points.filter((point) => point.kind === 'epoch');
      expect(last?.values.loss).toBeLessThan(first?.values.loss ?? 0);
      expect(last?.values.valLoss).toBeGreaterThan(0);
      const { weights } = await trainer.snapshot();
      const exported = buildModel(document, { seed: 1, mode: 'export' });
      setWeights(exported, weights);
      const x = tf.tensor2d([5.1, 3.5, 1.4, 0.2, 6.7, 3, 5.2, 2.3], [2, 4]);
      const [ours, stock] = await Promise.all(
        [trainer.model.model, exported.model].map((model) =>
          Promise.all([model.predict(x) as tf.Tensor | tf.Tensor[]].flat().map(async (out) => [...(await out.data())])),
        ),
      );
      expect(stock?.flat().length).toBeGreaterThan(0);
      ours?.flat().forEach((value, i) => {
        expect(stock?.flat()[i]).toBeCloseTo(value, 4);
      });
      exported.dispose();
    } finally {
      trainer.dispose();
    }
  });
});
