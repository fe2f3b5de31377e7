import { beforeAll, describe, it } from 'vitest';
import { activateBackend } from '../../core/engine/backends/registry.ts';
import { LAYER_CASES } from '../conformance/cases/index.ts';
import { type Computed, compute, computeInKeras, expectAgreement, type KerasResult, keyOf } from './layerParity.ts';

const CASES = LAYER_CASES.filter(({ type }) => type !== 'Input' && type !== 'Output');

const ours = new Map<string, Computed['ours']>();
let theirs = new Map<string, KerasResult>();

beforeAll(async () => {
  await activateBackend('cpu', { home: '/nonexistent' });
  const computed = CASES.map(compute);
  for (const { request, ours: mine } of computed) ours.set(request.name, mine);
  theirs = computeInKeras(computed.map(({ request }) => request));
});

describe('Keras computes the same', () => {
  it.each(CASES.map((c) => [keyOf(c), c] as const))('%s', (key, layerCase) => {
    const [mine, keras] = [ours.get(key), theirs.get(key)];
    if (mine === undefined || keras === undefined) throw new Error(`No result for ${key}.`);
    expectAgreement(layerCase, mine, keras);
  });
});
