import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { activateBackend } from '../../core/engine/backends/registry.ts';
import { buildModel } from '../../core/engine/model/buildModel.ts';
import { seededRandom } from '../../core/engine/model/random.ts';
import { setWeights } from '../../core/engine/model/weights.ts';
import { safetensorsParts, type Weight } from '../../core/formats/index.ts';
import type { JsonObject } from '../../core/json.ts';
import { type Shape, sizeOf } from '../../core/tensor/index.ts';
import { around } from '../unit/library/blockDesign.ts';

/** Blocks with the values and inputs of `blocks.py`. */
const CASES: readonly (readonly [id: string, values: JsonObject, ...inputs: readonly Shape[]])[] = [
  ['residual-v1-identity', { filters: 5 }, [7, 6, 5]],
  ['residual-v1-projection', { filters: 6 }, [7, 6, 3]],
  ['residual-v2-projection', { filters: 6 }, [7, 6, 3]],
  ['bottleneck-projection', { filters: 3 }, [7, 6, 4]],
  ['squeeze-excite', { filters: 8, ratio: 4 }, [5, 4, 8]],
  ['inverted-residual', { filters: 5, expansion: 4 }, [6, 5, 5]],
  ['densenet-layer', { growthRate: 3 }, [5, 4, 6]],
  [
    'inception-v1',
    { filters1x1: 2, reduce3x3: 3, filters3x3: 4, reduce5x5: 2, filters5x5: 3, poolFilters: 1 },
    [6, 5, 3],
  ],
  ['unet-up', { filters: 4 }, [3, 2, 6], [6, 4, 4]],
  ['transformer-encoder-post-norm', { width: 8, heads: 2 }, [5, 8]],
  ['transformer-encoder-pre-norm', { width: 8, heads: 2 }, [5, 8]],
];
const BATCH = 2;

interface Output {
  readonly shape: readonly number[];
  readonly values: readonly number[];
}
const ours = new Map<string, Output>();
let keras: { readonly [id: string]: Output };
const folder = mkdtempSync(join(tmpdir(), 'layerloom-blocks-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Random weights and inputs of a block, and what it makes of them here. */
async function compute([id, values, ...inputs]: (typeof CASES)[number]): Promise<[string, Weight][]> {
  const random = seededRandom('blocks', id.length);
  const built = buildModel(around({ id, values, inputs }).document, { seed: 1, mode: 'train' });
  // Above zero, as variances are; away from one, as statistics of batches are.
  const filled = (shape: Shape, lowest: number) => ({
    shape: [...shape],
    data: Float32Array.from({ length: sizeOf(shape) }, () => lowest + 1.5 * random()),
  });
  const weights = new Map(
    built.weights.map(({ key, spec }) => [key, filled(spec.shape, key.endsWith('variance') ? 0.5 : -0.75)]),
  );
  setWeights(built, weights);
  const samples = inputs.map((shape) => filled([BATCH, ...shape], -0.75));
  const output = built.model.predict(samples.map(({ shape, data }) => tf.tensor(data, shape))) as tf.Tensor;
  ours.set(id, { shape: output.shape, values: [...(await output.data())] });
  built.dispose();
  return [
    ...[...weights].map(([key, weight]): [string, Weight] => [`${id}:${key.replace(/^use\//, '')}`, weight]),
    ...samples.map((sample, i): [string, Weight] => [`${id}:x${i}`, sample]),
  ];
}

beforeAll(async () => {
  await activateBackend('cpu', { home: '/nonexistent' });
  const tensors: [string, Weight][] = [];
  for (const block of CASES) tensors.push(...(await compute(block)));
  const path = join(folder, 'blocks.safetensors');
  writeFileSync(path, Buffer.concat(safetensorsParts(new Map(tensors))));
  const script = join(import.meta.dirname, 'blocks.py');
  const text = execFileSync(process.env.LAYERLOOM_PYTHON ?? 'python3', [script, path], { encoding: 'utf8' });
  keras = JSON.parse(text.trim().split('\n').at(-1) ?? '');
}, 120_000);

test.each(CASES.map((block) => [block[0]] as const))('%s computes what it does in Keras, written by hand', (id) => {
  const [mine, theirs] = [ours.get(id), keras[id]];
  expect(mine?.shape).toEqual(theirs?.shape);
  const apart = (mine?.values ?? []).map((value, i) => Math.abs(value - (theirs?.values[i] ?? Number.NaN)));
  const scale = Math.max(1, ...(theirs?.values ?? []).map(Math.abs));
  expect(Math.max(...apart) / scale).toBeLessThan(1e-5);
});
