import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadDataset } from '../../../core/data/node.ts';
import { activateBackend } from '../../../core/engine/backends/registry.ts';
import { explainedFailure } from '../../../core/engine/explainedFailure.ts';
import { nameFailures } from '../../../core/engine/model/layerFailure.ts';
import { explainedMemory } from '../../../core/engine/train/outOfMemory.ts';
import { Trainer } from '../../../core/engine/train/trainer.ts';
import { type Problem, toProblem } from '../../../core/errors.ts';
import { BATCH, buildLayer } from '../../conformance/builtLayer.ts';
import { LAYER_CASES } from '../../conformance/cases/index.ts';
import type { LayerCase } from '../../conformance/layerCase.ts';
import { design } from './designs.ts';

/** Words of libraries and of the machine, which no sentence for people holds. */
const RAW =
  /GatherV2|tensor|TF_|undefined|\bnull\b|kernel '|registered|Error:|\[object|backend '|NaN|Loom[A-Z]|@|\bat \w+ \(|assert|\w+\.\w+\(/i;

function check({ message, title, details }: Problem, raw: string): void {
  expect(message).not.toMatch(RAW);
  expect(message).not.toContain(raw);
  expect(title).not.toMatch(RAW);
  expect(message).toMatch(/^[A-Z“].*\.$/);
  expect(details).toBe(raw);
}

type Damage = readonly [name: string, make: (shape: readonly number[]) => tf.Tensor];
const numbers = (shape: readonly number[], value = 0.3) => tf.fill([...shape], value);
const DAMAGES: readonly Damage[] = [
  ['an axis less', (shape) => numbers([BATCH, ...shape.slice(1)])],
  ['an axis more', (shape) => numbers([BATCH, ...shape, 2])],
  ['more channels', (shape) => numbers([BATCH, ...shape.slice(0, -1), (shape.at(-1) ?? 0) + 1])],
  ['less of the first axis', (shape) => numbers([BATCH, Math.max(1, (shape[0] ?? 1) - 1), ...shape.slice(1)])],
  ['no samples', (shape) => numbers([0, ...shape])],
  ['large numbers', (shape) => numbers([BATCH, ...shape], 1000)],
  ['negative numbers', (shape) => numbers([BATCH, ...shape], -5)],
];

/** What comes of a pass through the layer, forth and back, on what it was not built for. */
function failureOf(layerCase: LayerCase, make: Damage[1]): unknown {
  tf.engine().startScope();
  try {
    const { model } = buildLayer(layerCase);
    for (const layer of model.layers)
      if (layer.getClassName() !== 'InputLayer')
        nameFailures(layer, { nodeId: 'n1', name: 'subject', title: layerCase.type });
    const inputs = layerCase.inputs.map(make);
    const pass = (...given: tf.Tensor[]) => tf.sum(model.apply(given, { training: true }) as tf.Tensor);
    tf.grads(pass)(inputs);
    return null;
  } catch (error) {
    return error;
  } finally {
    tf.engine().endScope();
  }
}

const cases = LAYER_CASES.filter(({ type }) => type !== 'Input' && type !== 'Output');

describe.each(['cpu', 'wasm'] as const)('on %s', (backend) => {
  beforeAll(() => activateBackend(backend, { home: '/nonexistent' }));

  // What reaches the fast kernels has had its shape checked; they are shown other numbers alone.
  const damages = backend === 'cpu' ? DAMAGES : DAMAGES.filter(([name]) => name.endsWith('numbers'));
  it.each(damages)(
    'every layer that fails on %s is named in a sentence, and the raw words are details',
    (name, make) => {
      let failed = 0;
      for (const layerCase of cases) {
        const error = failureOf(layerCase, make);
        if (error === null) continue;
        failed++;
        const problem = toProblem(explainedFailure(error, 'training'));
        check(problem, (error as Error).message);
        // What comes up on the way back is of no one layer.
        if ((error as Error).name === 'LayerFailure') {
          expect(problem.message).toContain(`“subject” (${layerCase.type})`);
          expect(problem.nodeId).toBe('n1');
        }
      }
      if (name !== 'no samples') expect(failed).toBeGreaterThan(0);
    },
  );
});

describe('in a training', () => {
  beforeAll(() => activateBackend('wasm', { home: '/nonexistent' }));
  afterAll(() => tf.disposeVariables());

  it('a number that is no row of an Embedding names the layer and the mend', async () => {
    const document = design(
      [
        { type: 'Input', name: 'measures', params: { shape: [4] } },
        { type: 'Embedding', name: 'vectors', params: { inputDim: 3, outputDim: 2 } },
        { type: 'Flatten', name: 'flat' },
        { type: 'Dense', name: 'answer', params: { units: 3, activation: 'softmax' } },
        { type: 'Output', name: 'species' },
      ],
      { kind: 'builtin', id: 'iris' },
    );
    const trainer = new Trainer(document, await loadDataset(document.data, null));
    const control = { wish: 'run' as const, resumed: async () => undefined };
    const listener = { points: () => undefined, save: async () => undefined };
    const error = await trainer.run(control, listener).then(
      () => null,
      (thrown: unknown) => thrown,
    );
    trainer.dispose();
    expect((error as Error).message).toMatch(/GatherV2/);
    const problem = toProblem(explainedFailure(error, 'training'));
    check(problem, (error as Error).message);
    expect(problem).toMatchObject({ code: 'embedding-range', nodeId: 'vectors' });
    expect(problem.message).toMatch(
      /^The training failed in “vectors” \(Embedding\): a row is looked up .* vocabulary/,
    );
  });
});

it.each([
  ['indices[2,0] = -1 is not in [0, 12)\n\t [[{{node gather}}]]', 'embedding-range'],
  ["Kernel 'Einsum' not registered for backend 'wasm'", 'device-lacks-operation'],
  ['Cannot compute gradient: gradient function not found for TopK.', 'gradient-missing'],
  ['Error in matMul: inner shapes (3) and (4) of Tensors must match', 'shape-refused'],
  ['OOM when allocating tensor with shape[64,1000000] and type float', 'out-of-memory'],
  ['Tensor is disposed.', 'engine-error'],
  ["Cannot read properties of undefined (reading 'backend')", 'engine-error'],
])('%s', (raw, code) => {
  const problem = toProblem(explainedFailure(new Error(raw), 'evaluation'));
  expect(problem.code).toBe(code);
  check(problem, raw);
});

it('what nobody foresaw is told in a sentence, and what the system refuses in its own', () => {
  check(toProblem(new TypeError('x.y is not a function')), 'x.y is not a function');
  const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC', syscall: 'write' });
  expect(toProblem(explainedFailure(full, 'training'))).toMatchObject({
    code: 'system-error',
    message: 'The disk is full. Mend that, then try again.',
    details: 'ENOSPC: no space left on device, write',
  });
});

it('a lack of memory in a layer is told as one', () => {
  const layer = { apply: () => new Float32Array(2 ** 40) } as unknown as Parameters<typeof nameFailures>[0];
  nameFailures(layer, { nodeId: 'n1', name: 'wide', title: 'Dense' });
  let error: unknown;
  try {
    layer.apply([]);
  } catch (thrown) {
    error = thrown;
  }
  expect(toProblem(explainedMemory(error, 32)).code).toBe('out-of-memory');
});
