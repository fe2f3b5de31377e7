import '@tensorflow/tfjs-backend-cpu';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { BATCH, buildLayer, forward, gradients, sampleOf, setWeights } from '../conformance/builtLayer.ts';
import { cases } from '../conformance/layerCase.ts';

/** PyTorch wants heads that divide the query's width, and values as wide as the heads together. */
const CASES = cases(
  'MultiHeadAttention',
  [
    'three inputs of different widths',
    { numHeads: 2, keyDim: 3 },
    [
      [4, 6],
      [5, 3],
      [5, 4],
    ],
  ],
  [
    'three inputs of one width',
    { numHeads: 3, keyDim: 2 },
    [
      [4, 6],
      [5, 6],
      [5, 6],
    ],
  ],
  [
    'causal',
    { numHeads: 2, keyDim: 2, useCausalMask: true },
    [
      [5, 4],
      [5, 4],
      [5, 4],
    ],
  ],
  [
    'causal, shorter than what it looks at',
    { numHeads: 2, keyDim: 2, useCausalMask: true },
    [
      [3, 4],
      [5, 4],
      [5, 4],
    ],
  ],
);

interface TorchResult {
  readonly output: readonly number[];
  readonly gradients: readonly (readonly number[])[];
}

const theirs: TorchResult[] = [];
const computed = CASES.map((layerCase) => {
  const built = buildLayer(layerCase);
  return { layerCase, built, sample: sampleOf(layerCase, built) };
});

beforeAll(async () => {
  await tf.setBackend('cpu');
  const python = process.env.LAYERLOOM_PYTHON;
  if (python === undefined) throw new Error('LAYERLOOM_PYTHON must name a Python with test/parity/requirements.txt.');
  const requests = computed.map(({ layerCase, built, sample }) => ({
    causal: layerCase.params.useCausalMask ?? false,
    inputs: layerCase.inputs.map((shape, i) => ({ shape: [BATCH, ...shape], data: [...(sample.inputs[i] ?? [])] })),
    weights: Object.fromEntries(
      built.weights.map(({ name, shape }, i) => [name, { shape, data: [...(sample.weights[i] ?? [])] }]),
    ),
    cotangent: [...sample.cotangent],
  }));
  const folder = mkdtempSync(join(tmpdir(), 'layerloom-attention-'));
  try {
    const file = join(folder, 'cases.json');
    writeFileSync(file, JSON.stringify(requests));
    const script = new URL('attention.py', import.meta.url).pathname;
    theirs.push(...(JSON.parse(execFileSync(python, [script, file], { encoding: 'utf8' })) as TorchResult[]));
  } finally {
    rmSync(folder, { recursive: true });
  }
});

it.each(computed.map((item, index) => [item.layerCase.name, item, index] as const))(
  'PyTorch computes the same attention: %s',
  (_, { layerCase, built, sample }, index) => {
    setWeights(built, sample);
    const mine = [
      forward(layerCase, built, sample.inputs, false).output,
      ...gradients(layerCase, built, sample, false).inputs,
    ];
    const torch = theirs[index];
    const others = [torch?.output ?? [], ...(torch?.gradients ?? [])];
    expect(mine.map((values) => values?.length)).toEqual(others.map((values) => values.length));
    mine.forEach((values, which) => {
      const scale = Math.max(...(others[which] ?? []).map(Math.abs));
      const apart = (values ?? new Float32Array()).reduce(
        (most, x, i) => Math.max(most, Math.abs(x - (others[which]?.[i] ?? Number.NaN))),
        0,
      );
      expect(apart / scale, which === 0 ? 'output' : `gradient of input ${which - 1}`).toBeLessThan(1e-5);
    });
  },
);
