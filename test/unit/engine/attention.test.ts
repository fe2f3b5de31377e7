import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import { emptyDocument, type LoomDocument } from '../../../core/document/index.ts';
import { activateBackend } from '../../../core/engine/backends/registry.ts';
import { buildModel } from '../../../core/engine/model/buildModel.ts';
import { seededRandom } from '../../../core/engine/model/random.ts';
import type { JsonObject } from '../../../core/json.ts';
import { type EditStep, edited } from '../../edits.ts';

const LENGTH = 5;
const WIDTH = 4;

beforeAll(async () => {
  await activateBackend('cpu', { home: '/nonexistent' });
});

/** Input, attention with these wires from it, Output. */
function design(ports: readonly string[], params: JsonObject = {}): LoomDocument {
  const wire = (source: string, target: string, targetPort = 'in'): EditStep => [
    'connect',
    { source, sourcePort: 'out', target, targetPort },
  ];
  const steps: readonly EditStep[] = [
    ['addNode', { type: 'Input', position: { x: 0, y: 0 }, params: { shape: [LENGTH, WIDTH] } }],
    [
      'addNode',
      { type: 'MultiHeadAttention', position: { x: 170, y: 0 }, params: { numHeads: 2, keyDim: 3, ...params } },
    ],
    ['addNode', { type: 'Output', position: { x: 340, y: 0 }, params: { loss: 'meanSquaredError' } }],
    ...ports.map((port) => wire('n1', 'n2', port)),
    wire('n2', 'n3'),
  ];
  return steps.reduce((document, step) => edited(document, ...step), emptyDocument());
}

/** What the design makes of one sample, position by position; weights follow from the seed. */
function output(document: LoomDocument, rows: readonly (readonly number[])[]): number[][] {
  const model = buildModel(document, { seed: 3, mode: 'train' });
  const made = tf.tidy(() => {
    const result = model.model.predict(tf.tensor3d([rows.map((row) => [...row])])) as tf.Tensor3D;
    return result.arraySync()[0] ?? [];
  });
  model.dispose();
  return made;
}

const random = seededRandom('attention');
const rows = Array.from({ length: LENGTH }, () => Array.from({ length: WIDTH }, () => random() * 2 - 1));
const apart = (a: readonly (readonly number[])[], b: readonly (readonly number[])[]) =>
  Math.max(...a.flatMap((row, i) => row.map((x, j) => Math.abs(x - (b[i]?.[j] ?? Number.NaN)))));

test('a sequence that attends to itself may be wired once, twice or three times', () => {
  const once = output(design(['query']), rows);
  expect(apart(output(design(['query', 'value']), rows), once)).toBe(0);
  expect(apart(output(design(['query', 'value', 'key']), rows), once)).toBe(0);
});

test('attention does not know the order of positions', () => {
  const order = [3, 0, 4, 1, 2];
  const pick = (list: readonly number[][]) => order.map((at) => list[at] ?? []);
  expect(apart(output(design(['query']), pick(rows)), pick(output(design(['query']), rows)))).toBeLessThan(1e-6);
});

test('causal attention sees no position behind its own, plain attention sees all', () => {
  const changed = rows.map((row, at) => (at === 3 ? row.map((x) => x + 1) : row));
  const difference = (params: JsonObject) => {
    const [a, b] = [rows, changed].map((sample) => output(design(['query'], params), sample));
    return (a ?? []).map((row, at) => apart([row], [b?.[at] ?? []]) > 1e-4);
  };
  expect(difference({ useCausalMask: true })).toEqual([false, false, false, true, true]);
  expect(difference({})).toEqual([true, true, true, true, true]);
});
