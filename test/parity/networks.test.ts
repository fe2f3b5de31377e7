import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeKerasCode } from '../../core/codegen/index.ts';
import { activateBackend } from '../../core/engine/backends/registry.ts';
import { safetensorsParts } from '../../core/formats/index.ts';
import { writeKeras } from '../../core/formats/node.ts';
import { analyse, type NetworkLayer, resolveNetwork } from '../../core/graph/index.ts';
import { tensorflowHome } from '../unit/engine/tensorflowHome.ts';
import { BATCH_SIZE, EPOCHS, type RandomNetwork, randomNetwork } from './networks/randomNetwork.ts';
import { HELD_OUT, samplesFor, summaryOf, TRAINED, type Trained, trainNetwork } from './networks/trainNetwork.ts';

/**
 * Random networks over the whole catalogue, trained on every backend and in Keras from the same weights on the same batches. By hand,
 * `LAYERLOOM_NETWORKS=300` makes more of them, `LAYERLOOM_NETWORK=17,42` those with these seeds; `LAYERLOOM_KEEP=1` leaves the files and
 * all figures where they are and says where that is.
 */
const COUNT = Number(process.env.LAYERLOOM_NETWORKS ?? 24);
const SEEDS = process.env.LAYERLOOM_NETWORK?.split(',').map(Number) ?? Array.from({ length: COUNT }, (_, seed) => seed);
const KEEP = process.env.LAYERLOOM_KEEP === '1';
const BACKENDS = ['cpu', 'wasm', ...(tensorflowHome === null ? [] : (['tensorflow'] as const))] as const;
const folder = mkdtempSync(join(tmpdir(), 'layerloom-networks-'));
const at = (name: string) => join(folder, name);

/** Null where a number is not finite. */
type Numbers = readonly (number | null)[];

interface InKeras {
  readonly error?: string;
  readonly params: number;
  readonly exported: readonly Numbers[];
  readonly losses?: Numbers;
  readonly heldOut?: Numbers;
  readonly predictions?: readonly Numbers[];
}
interface Outcome {
  readonly network: RandomNetwork;
  readonly errors: readonly string[];
  readonly backends: { readonly [name: string]: Trained | string };
  keras?: InKeras;
}
const outcomes = new Map<number, Outcome>();

async function trainEverywhere(network: RandomNetwork): Promise<Outcome> {
  const fields = samplesFor(network);
  const { problems } = analyse({ document: network.document, dataset: summaryOf(network, fields) });
  const errors = problems.filter(({ severity }) => severity === 'error').map(({ message }) => message);
  const backends: { [name: string]: Trained | string } = {};
  for (const backend of BACKENDS) {
    await activateBackend(backend, { home: tensorflowHome ?? '/nonexistent' });
    try {
      backends[backend] = await trainNetwork(network, fields);
    } catch (error) {
      backends[backend] = error instanceof Error ? (error.stack ?? error.message) : String(error);
    }
  }
  return { network, errors, backends };
}

/** Writes what Keras needs of a network and says where it is. */
async function taskFor({ network: made, backends: { wasm } }: Outcome): Promise<object | null> {
  if (wasm === undefined || typeof wasm === 'string') return null;
  const { seed, document, dropsOut } = made;
  const network = resolveNetwork(document);
  if (!network.ok) throw new Error(network.error.message);
  const fieldsOf = (layers: readonly NetworkLayer[]) => layers.map(({ params }) => String(params.field));
  const path = (kind: string) => at(`${seed}.${kind}`);
  writeFileSync(path('initial.keras'), await writeKeras(document, wasm.initial));
  writeFileSync(path('final.keras'), await writeKeras(document, wasm.final));
  // The program standardises its own made-up numbers before it compiles; ours are compared as they are.
  const scaling = { ...document, data: { ...document.data, targetScaling: 'standardise' as const } };
  writeFileSync(path('py'), writeKerasCode(scaling, null));
  const data = [...samplesFor(made)].map(
    ([name, { shape, data }]) => [name, { shape: [TRAINED + HELD_OUT, ...shape], data }] as const,
  );
  writeFileSync(path('data'), Buffer.concat(safetensorsParts(new Map(data))));
  return {
    data: path('data'),
    initial: path('initial.keras'),
    final: path('final.keras'),
    script: path('py'),
    inputs: fieldsOf(network.value.inputs),
    targets: fieldsOf(network.value.outputs),
    trained: TRAINED,
    batch: BATCH_SIZE,
    epochs: EPOCHS,
    dropsOut,
  };
}

beforeAll(async () => {
  const python = process.env.LAYERLOOM_PYTHON;
  if (python === undefined) throw new Error('LAYERLOOM_PYTHON must name a Python with test/parity/requirements.txt.');
  const tasks: object[] = [];
  const asked: Outcome[] = [];
  for (const seed of SEEDS) {
    const outcome = await trainEverywhere(randomNetwork(seed));
    outcomes.set(seed, outcome);
    const task = await taskFor(outcome);
    if (task === null) continue;
    tasks.push(task);
    asked.push(outcome);
  }
  writeFileSync(at('tasks.json'), JSON.stringify(tasks));
  const script = new URL('networks/networks.py', import.meta.url).pathname;
  const text = execFileSync(python, [script, at('tasks.json')], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const results = JSON.parse(text.slice(text.lastIndexOf('\n[{') + 1)) as InKeras[];
  asked.forEach((outcome, i) => {
    const result = results[i];
    if (result) outcome.keras = result;
  });
  if (KEEP) writeFileSync(at('outcomes.json'), JSON.stringify([...outcomes.values()]));
}, 3_600_000);
afterAll(() => {
  if (KEEP) console.log(`Left in ${folder}.`);
  else rmSync(folder, { recursive: true, force: true });
});

/** Largest difference, relative to values larger than 1. */
function apart(a: Numbers, b: Numbers): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  let [largest, scale] = [0, 1];
  a.forEach((value, i) => {
    const difference = Math.abs((value ?? Number.NaN) - (b[i] ?? Number.NaN));
    // Also where one is not a number.
    if (!(difference <= largest)) largest = difference;
    scale = Math.max(scale, Math.abs(b[i] ?? 0));
  });
  return largest / scale;
}

describe('random networks', () => {
  it.skipIf(SEEDS.length < 20)(
    'are of many kinds: layer types, lengths, heads, one source read twice by a layer',
    () => {
      const networks = [...outcomes.values()].map(({ network }) => network);
      expect(new Set(networks.flatMap(({ layers }) => layers)).size).toBeGreaterThan(35);
      expect(networks.filter(({ heads }) => heads.length > 1).length).toBeGreaterThan(networks.length / 8);
      expect(Math.max(...networks.map(({ layers }) => layers.length))).toBeGreaterThan(25);
      const twice = networks.filter(({ document }) => {
        const wires = Object.values(document.graphs.main?.edges ?? {}).map(
          ({ source, target }) => `${source} ${target}`,
        );
        return new Set(wires).size < wires.length;
      });
      expect(twice.length).toBeGreaterThan(networks.length / 4);
    },
  );

  it.each(SEEDS)('network %i trains alike on every backend and in Keras', (seed) => {
    const outcome = outcomes.get(seed);
    if (!outcome) throw new Error('not run');
    const { network, errors, backends, keras } = outcome;
    expect(errors).toEqual([]);
    for (const result of Object.values(backends)) expect(typeof result === 'string' ? result : '').toBe('');
    const { cpu, ...others } = backends as { readonly [name: string]: Trained };
    if (!cpu) throw new Error('no cpu');
    expect(cpu.losses.length).toBe(EPOCHS * Math.ceil(TRAINED / BATCH_SIZE));
    for (const [name, other] of [...Object.entries(others), ['cpu', cpu] as const]) {
      expect(apart(other.losses, cpu.losses), `losses on ${name}`).toBeLessThan(1e-5);
      expect(apart(other.heldOut, cpu.heldOut), `held-out losses on ${name}`).toBeLessThan(1e-5);
      other.predictions.forEach((values, head) => {
        if (other.stock !== null)
          expect(apart(other.stock[head] ?? [], values), `export for plain TensorFlow.js on ${name}`).toBeLessThan(
            1e-5,
          );
        expect(apart(values, cpu.predictions[head] ?? []), `predictions on ${name}`).toBeLessThan(1e-5);
      });
    }
    expect(keras?.error).toBeUndefined();
    const mine = others.wasm;
    if (!keras || !mine) throw new Error('no Keras');
    expect(keras.params).toBe(analyse({ document: network.document, dataset: null }).totals.params);
    mine.predictions.forEach((values, head) => {
      expect(apart(keras.exported[head] ?? [], values), 'predictions of the .keras file').toBeLessThan(1e-5);
    });
    if (network.dropsOut) return;
    expect(apart(keras.losses ?? [], mine.losses), 'losses in Keras').toBeLessThan(1e-5);
    expect(apart(keras.heldOut ?? [], mine.heldOut), 'held-out losses in Keras').toBeLessThan(1e-5);
    mine.predictions.forEach((values, head) => {
      expect(apart(keras.predictions?.[head] ?? [], values), 'predictions after training in Keras').toBeLessThan(1e-5);
    });
  });

  it('leave no tensor behind', async () => {
    await activateBackend('wasm', { home: '/nonexistent' });
    const network = randomNetwork(SEEDS[0] ?? 0);
    const fields = samplesFor(network);
    await trainNetwork(network, fields);
    const before = tf.memory().numTensors;
    await trainNetwork(network, fields);
    expect(tf.memory().numTensors).toBe(before);
  });
});
