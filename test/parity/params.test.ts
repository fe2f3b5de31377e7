import { beforeAll, describe, expect, it } from 'vitest';
import { type AnyParams, whyIdle } from '../../core/catalogue/index.ts';
import { activateBackend } from '../../core/engine/backends/registry.ts';
import { seededRandom, shuffled } from '../../core/engine/model/random.ts';
import { type JsonValue, sameJson } from '../../core/json.ts';
import type { LayerCase } from '../conformance/layerCase.ts';
import { type Computed, compute, computeInKeras, expectAgreement, type KerasResult } from './layerParity.ts';
import { type Base, baseOf, caseOf, effective, LAYERS, measured, others, prepared } from './paramCases.ts';

/**
 * Made from the parameter descriptors: every parameter of every layer alone, and two together. A value that differs from the
 * default must change something that can be measured, or the catalogue must say that it cannot; and Keras must come to the same.
 * `LAYERLOOM_PAIRS=1000` looks at all pairs instead of some of each layer.
 */
const PAIRS = Number(process.env.LAYERLOOM_PAIRS ?? 8);

/** A parameter's value with an effect, and the parameters beside it. */
interface Found {
  readonly params: AnyParams;
  readonly value: JsonValue;
}

const singles = LAYERS.flatMap((layer) => {
  const base = baseOf(layer);
  return Object.entries(base.descriptors).map(([name, descriptor]) => ({ base, name, descriptor }));
});
const keyOf = (base: Base, ...names: readonly string[]) => `${base.layer.type}: ${names.join(' and ')}`;
/** Cases for Keras, made while the parameters are looked at. */
const cases = new Map<string, LayerCase>();
const ours = new Map<string, Computed['ours']>();
const failures = new Map<string, string>();
let theirs = new Map<string, KerasResult>();

function lookAt({ base, name, descriptor }: (typeof singles)[number]): Found | null {
  const key = keyOf(base, name);
  const params = prepared(base, name, descriptor);
  const value = effective(base, name, descriptor, params);
  if (value === undefined) {
    failures.set(key, `${name} changes nothing, and the catalogue does not say why`);
    return null;
  }
  if (params !== base.params && measured(base, { ...base.params, [name]: value }) !== measured(base, base.params))
    failures.set(
      key,
      `${name} has an effect where the catalogue says it has none: ${whyIdle(base.layer, name, base.params)}`,
    );
  cases.set(key, caseOf(base, key, { ...params, [name]: value }));
  return { params, value };
}

/** Whether each of two parameters still has its effect beside the other. */
function lookAtPairs(base: Base, found: ReadonlyMap<string, Found>): void {
  const names = [...found.keys()];
  const pairs = names.flatMap((a, i) => names.slice(i + 1).map((b) => [a, b] as const));
  const order = shuffled(pairs.length, seededRandom('pairs', base.layer.type));
  for (const at of order.slice(0, PAIRS)) {
    const [a = '', b = ''] = pairs[at] ?? [];
    const [first, second] = [found.get(a), found.get(b)];
    if (!first || !second) continue;
    // What one needs may be what the other changed.
    const beside = { ...differing(base, first.params), ...differing(base, second.params) };
    const both = { ...base.params, ...beside, [a]: first.value, [b]: second.value };
    if (measured(base, both) === null) continue;
    const key = keyOf(base, a, b);
    for (const name of [a, b]) {
      const descriptor = base.descriptors[name];
      if (!descriptor || whyIdle(base.layer, name, both) !== null) continue;
      const without = { ...both, [name]: found.get(name)?.params[name] ?? null };
      if (measured(base, without) !== measured(base, both)) continue;
      if (!hasEffectBeside(base, name, name === a ? b : a, without))
        failures.set(key, `${name} changes nothing beside ${name === a ? b : a}`);
    }
    cases.set(key, caseOf(base, key, both));
  }
}

/** Whether some value of a parameter changes something beside some value of the other: a padding beside windows that leave a rest, say. */
function hasEffectBeside(base: Base, name: string, other: string, params: AnyParams): boolean {
  const [own, beside] = [base.descriptors[name], base.descriptors[other]];
  if (!own || !beside) return false;
  const values = [params[other] ?? null, ...[...others(base, other, beside, params)].slice(0, 5)];
  return values.some((value) => effective(base, name, own, { ...params, [other]: value }) !== undefined);
}

const differing = (base: Base, params: AnyParams): AnyParams =>
  Object.fromEntries(Object.entries(params).filter(([name, value]) => !sameJson(value, base.params[name])));

beforeAll(async () => {
  await activateBackend('cpu', { home: '/nonexistent' });
  for (const layer of LAYERS) {
    const own = singles.filter(({ base }) => base.layer === layer);
    const found = new Map(
      own.flatMap((single) => {
        const seen = lookAt(single);
        return seen ? [[single.name, seen] as const] : [];
      }),
    );
    const base = own[0]?.base;
    if (base) lookAtPairs(base, found);
  }
  const computed = [...cases.values()].map(compute);
  [...cases.keys()].forEach((key, i) => {
    const one = computed[i];
    if (one) ours.set(key, one.ours);
  });
  const results = computeInKeras(computed.map(({ request }) => request));
  theirs = new Map(
    [...cases].flatMap(([key, { type, name }]) => {
      const result = results.get(`${type}: ${name}`);
      return result ? [[key, result] as const] : [];
    }),
  );
});

describe('every parameter', () => {
  it.each(singles.map(({ base, name }) => keyOf(base, name)))('%s changes something, and in Keras the same', (key) => {
    expect(failures.get(key)).toBeUndefined();
    agree(key);
  });

  it('every two parameters change something beside each other, and in Keras the same', () => {
    expect(Object.fromEntries(failures)).toEqual({});
    const pairs = [...cases.keys()].filter((key) => key.includes(' and '));
    expect(pairs.length).toBeGreaterThan(100);
    const apart = pairs.flatMap((key) => {
      try {
        agree(key);
        return [];
      } catch (error) {
        return [`${key}: ${error instanceof Error ? error.message : error}`];
      }
    });
    expect(apart).toEqual([]);
  });
});

function agree(key: string): void {
  const [layerCase, mine, keras] = [cases.get(key), ours.get(key), theirs.get(key)];
  if (!layerCase || !mine || !keras) throw new Error(`No result for ${key}.`);
  expectAgreement(layerCase, mine, keras);
}
