import '@tensorflow/tfjs-backend-cpu';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeKerasCode } from '../../core/codegen/index.ts';
import { loadDataset } from '../../core/data/node.ts';
import { documentSchema, type LoomDocument } from '../../core/document/index.ts';
import { writeWeights } from '../../core/engine/checkpoint/checkpoint.ts';
import { exportWrite } from '../../core/engine/export/index.ts';
import type { ModelSource } from '../../core/engine/index.ts';
import { buildModel } from '../../core/engine/model/buildModel.ts';
import { setWeights } from '../../core/engine/model/weights.ts';
import { ProblemError } from '../../core/errors.ts';
import { readSafetensors, safetensorsParts, type WeightMap } from '../../core/formats/index.ts';
import { createEventWriter } from '../../core/formats/node.ts';
import { analyse, resolveNetwork } from '../../core/graph/index.ts';
import { RUN_FILES, runStore } from '../../core/runs/node.ts';
import { TEMPLATES } from '../../core/templates/index.ts';
import { sizeOf } from '../../core/tensor/index.ts';
import { LAYER_CASES } from '../conformance/cases/index.ts';
import { formulasDesign, nestedDesign } from './blockDesigns.ts';
import { caseDesign, wobblyWeights } from './exportDesigns.ts';
import { PROGRAMS } from './exportPrograms.ts';
import { casesSubject, digitsSubject, SAMPLES, type Subject, templateSubject } from './exportSubjects.ts';

/** Templates that stock TensorFlow.js can hold. */
const DIGITS = ['digits-mlp', 'digits-cnn', 'digits-resnet'];
/** Designs drawn with blocks, of which files are flat and programs are not. */
const BLOCKS = ['nested', 'formulas'];
/** Templates drawn with blocks. What they count elsewhere stands in test/unit/templates. */
const BUILT_OF_BLOCKS = TEMPLATES.filter(({ create }) => Object.keys(create().graphs).length > 1);
/** How far predictions may be apart. */
const TOLERANCE = 1e-5;
const folder = mkdtempSync(join(tmpdir(), 'layerloom-export-'));
const at = (name: string) => join(folder, name);

interface Outcome {
  readonly error?: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly params: number;
  readonly loss: readonly number[];
  readonly metrics: readonly string[];
  readonly printed: string;
  readonly saved: readonly string[];
  readonly layers: number;
  readonly differences: readonly unknown[];
  readonly decayed: { readonly [layer: string]: readonly boolean[] };
  readonly events: readonly object[];
}

const subjects: Subject[] = [];
/** Our own predictions: one array an output. */
const expected = new Map<string, readonly Float32Array[]>();
const python = new Map<string, Outcome>();
const plain = new Map<string, { params: number; inputs: string[]; outputs: number[][] }>();
const unsupported: string[] = [];
const expressible: string[] = [];

/** A run on disk with these weights, exported through the engine's own door. */
async function exported(subject: Subject, weights: WeightMap): Promise<void> {
  const { dir } = await runStore(at('runs')).create(subject.document, null);
  await writeWeights(join(dir, RUN_FILES.bestWeights), weights, {});
  for (const format of subject.formats) {
    const path = at(format === 'tfjs' ? `${subject.name}-tfjs` : `${subject.name}.keras`);
    await exportWrite({ kind: 'run', runDir: dir, weights: 'best' }, format, path);
  }
}

/** A design without a run; relative data paths start from the test's folder. */
function fresh(document: LoomDocument): ModelSource {
  return { kind: 'document', document: documentSchema.parse(document), baseDir: folder };
}

function predictOurselves(subject: Subject, weights: WeightMap): readonly Float32Array[] {
  const model = buildModel(subject.document, { seed: 1, mode: 'train' });
  setWeights(model, weights);
  const tensors = model.network.inputs.map(({ name }) => {
    const input = subject.inputs.get(name);
    if (!input) throw new Error(`no input for ${name}`);
    return tf.tensor(input.data, [...input.shape]);
  });
  const made = model.model.predict(tensors.length === 1 && tensors[0] ? tensors[0] : tensors);
  const outputs = [made].flat().map((tensor) => tensor.dataSync() as Float32Array);
  tf.dispose([made, tensors]);
  model.dispose();
  return outputs;
}

/** Cases as designs of their own that plain TensorFlow.js can hold; the others are noted with the layer they name. */
async function expressibleInTfjs(cases: typeof LAYER_CASES): Promise<typeof LAYER_CASES> {
  const fit: (typeof LAYER_CASES)[number][] = [];
  for (const [i, layerCase] of cases.entries()) {
    const { document } = caseDesign('one', [layerCase]);
    try {
      await exportWrite(fresh(document), 'tfjs', at(`probe-${i}`));
      fit.push(layerCase);
      expressible.push(`${layerCase.type}: ${layerCase.name}`);
    } catch (thrown) {
      if (!(thrown instanceof ProblemError) || thrown.problem.code !== 'tfjs-unsupported') throw thrown;
      expect(thrown.problem.message).toContain('“case0”');
      unsupported.push(`${layerCase.type}: ${layerCase.name}`);
    }
  }
  return fit;
}

beforeAll(async () => {
  await tf.setBackend('cpu');
  const executable = process.env.LAYERLOOM_PYTHON;
  if (executable === undefined)
    throw new Error('LAYERLOOM_PYTHON must name a Python with test/parity/requirements.txt.');
  const cases = LAYER_CASES.filter(({ type }) => type !== 'Input' && type !== 'Output');
  for (const id of DIGITS) subjects.push(await templateSubject(id, ['keras', 'tfjs']));
  subjects.push(await templateSubject('digits-transformer', ['keras']));
  subjects.push(await digitsSubject('nested', nestedDesign(), ['keras']));
  subjects.push(await digitsSubject('formulas', formulasDesign(), ['keras']));
  subjects.push(casesSubject('layers', cases, ['keras']));
  subjects.push(casesSubject('layers-plain', await expressibleInTfjs(cases), ['tfjs']));

  const tasks: { readonly key: string; readonly [argument: string]: string }[] = [];
  const plainTasks: object[] = [];
  const plainNames: string[] = [];
  for (const subject of subjects) {
    const weights = wobblyWeights(subject.document);
    expected.set(subject.name, predictOurselves(subject, weights));
    await exported(subject, weights);
    if (subject.formats.includes('keras')) {
      writeFileSync(at(`${subject.name}.inputs`), Buffer.concat(safetensorsParts(subject.inputs)));
      tasks.push({
        key: subject.name,
        kind: 'predict',
        model: at(`${subject.name}.keras`),
        inputs: at(`${subject.name}.inputs`),
        outputs: at(`${subject.name}.outputs`),
      });
    }
    if (subject.formats.includes('tfjs')) {
      plainNames.push(subject.name);
      plainTasks.push({
        folder: at(`${subject.name}-tfjs`),
        inputs: Object.fromEntries(
          [...subject.inputs].map(([name, { shape, data }]) => [name, { shape, data: [...data] }]),
        ),
      });
    }
  }
  const layers = subjects.find((subject) => subject.name === 'layers')?.document;
  if (!layers) throw new Error('no design of all layers');
  mkdirSync(at('layers-code'));
  const decaying = { name: 'adamw', beta1: 0.9, beta2: 0.999, epsilon: 1e-7, weightDecay: 0.01 } as const;
  const trained = { ...layers, training: { ...layers.training, optimizer: decaying } };
  await exportWrite(fresh(trained), 'keras-code', at('layers-code/layers.py'));
  tasks.push({ key: 'compare', kind: 'compare', script: at('layers-code/layers.py'), model: at('layers.keras') });
  for (const name of BLOCKS) {
    const document = subjects.find((subject) => subject.name === name)?.document;
    if (!document) throw new Error(`no design ${name}`);
    mkdirSync(at(`code-${name}`));
    const script = at(`code-${name}/program.py`);
    await exportWrite(fresh(document), 'keras-code', script);
    tasks.push({ key: `compare ${name}`, kind: 'compare', script, model: at(`${name}.keras`) });
  }
  for (const { id, create } of BUILT_OF_BLOCKS) {
    mkdirSync(at(`count-${id}`));
    const script = at(`count-${id}/program.py`);
    writeFileSync(script, writeKerasCode(create(), null));
    tasks.push({ key: `count ${id}`, kind: 'count', script });
  }
  for (const { name, document, epochs } of PROGRAMS) {
    const design = await document(folder);
    mkdirSync(at(`code-${name}`));
    const script = at(`code-${name}/program.py`);
    const short = { ...design, training: { ...design.training, epochs } };
    await exportWrite(fresh(short), 'keras-code', script);
    tasks.push({ key: `code ${name}`, kind: 'code', script, outputs: at(`${name}.trained`) });
  }
  const writer = createEventWriter(at('events'));
  writer.scalars(0, { loss: 0.75 }, 1_700_000_000.5);
  writer.scalars(12345, { valAccuracy: 0 }, 1_700_000_001);
  writer.close();
  tasks.push({ key: 'events', kind: 'events', file: writer.path });

  writeFileSync(at('tasks.json'), JSON.stringify(tasks));
  const script = new URL('export.py', import.meta.url).pathname;
  const text = execFileSync(executable, [script, at('tasks.json')], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const results = JSON.parse(text.slice(text.lastIndexOf('\n[{') + 1)) as Outcome[];
  tasks.forEach((task, i) => {
    const result = results[i];
    if (result) python.set(task.key, result);
  });
  writeFileSync(at('plain.json'), JSON.stringify(plainTasks));
  const plainScript = new URL('plainTfjs.mjs', import.meta.url).pathname;
  const plainText = execFileSync(process.execPath, [plainScript, at('plain.json')], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const plainResults = JSON.parse(plainText.slice(plainText.lastIndexOf('\n[{') + 1)) as {
    params: number;
    inputs: string[];
    outputs: number[][];
  }[];
  plainNames.forEach((name, i) => {
    const result = plainResults[i];
    if (result) plain.set(name, result);
  });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Largest difference, relative to values larger than 1. */
function difference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  let [apart, scale] = [0, 1];
  for (let i = 0; i < a.length; i++) {
    const d = Math.abs((a[i] ?? Number.NaN) - (b[i] ?? Number.NaN));
    if (!(d <= apart)) apart = d;
    scale = Math.max(scale, Math.abs(b[i] ?? 0));
  }
  return apart / scale;
}

function ownResults(name: string) {
  const subject = subjects.find((candidate) => candidate.name === name);
  const outputs = expected.get(name);
  if (!subject || !outputs) throw new Error(`no ${name}`);
  return { subject, outputs, params: analyse({ document: subject.document, dataset: null }).totals.params };
}

describe('a template, exported', () => {
  it.each([...DIGITS, 'digits-transformer', ...BLOCKS])('%s predicts in Keras what it predicts here', (name) => {
    const { outputs, params } = ownResults(name);
    const result = python.get(name);
    expect(result?.error).toBeUndefined();
    expect(result?.params).toBe(params);
    const theirs = readSafetensors(readFileSync(at(`${name}.outputs`))).tensors.get('0')?.data as Float32Array;
    // Predictions that are all 0 or 1 would agree whatever the weights.
    expect(outputs[0]?.filter((p) => p > 0.05 && p < 0.95).length).toBeGreaterThan(SAMPLES / 2);
    expect(difference(theirs, outputs[0] ?? [])).toBeLessThan(TOLERANCE);
  });

  it.each(DIGITS)('%s predicts in plain TensorFlow.js what it predicts here', (name) => {
    const { outputs, params } = ownResults(name);
    expect(plain.get(name)?.params).toBe(params);
    expect(difference(plain.get(name)?.outputs[0] ?? [], outputs[0] ?? [])).toBeLessThan(TOLERANCE);
  });
});

describe('a design with blocks, exported', () => {
  it.each(BLOCKS)('%s is built alike by the functions of its program and by the flat file', (name) => {
    const result = python.get(`compare ${name}`);
    expect(result?.error).toBeUndefined();
    expect(result?.differences).toEqual([]);
    const program = readFileSync(at(`code-${name}/program.py`), 'utf8');
    const { document } = ownResults(name).subject;
    // One function a definition, however often it is used.
    for (const { id, name: title = id } of Object.values(document.graphs))
      if (id !== document.root) expect(program.split(`"""${title}"""`)).toHaveLength(2);
    expect(program).toMatch(/for i in range\(/);
  });

  it.each(BUILT_OF_BLOCKS)('$id has in its program the weights that it has here', ({ id, create }) => {
    const network = resolveNetwork(create());
    if (!network.ok) throw new Error(network.error.message);
    const weights = network.value.layers.flatMap((layer) => layer.weights);
    const total = (some: typeof weights) => some.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
    expect(python.get(`count ${id}`)).toEqual({
      params: total(weights),
      trainable: total(weights.filter(({ trainable }) => trainable)),
    });
  });
});

describe('every layer of the catalogue, exported', () => {
  it('computes the same in Keras, case by case', () => {
    const { subject, outputs, params } = ownResults('layers');
    const result = python.get('layers');
    expect(result?.error).toBeUndefined();
    expect(result?.params).toBe(params);
    expect(result?.inputs).toEqual([...subject.inputs.keys()]);
    const { tensors } = readSafetensors(readFileSync(at('layers.outputs')));
    const apart = outputs.map((output, i) => ({
      layer: result?.outputs[i],
      difference: difference(tensors.get(String(i))?.data as Float32Array, output),
    }));
    expect(apart.filter((entry) => !(entry.difference < TOLERANCE))).toEqual([]);
    expect(apart.length).toBe(LAYER_CASES.filter(({ type }) => type !== 'Input' && type !== 'Output').length);
  });

  it('computes the same in plain TensorFlow.js, but for settings it lacks, which are refused by name', () => {
    const { outputs } = ownResults('layers-plain');
    const theirs = plain.get('layers-plain');
    const apart = outputs.map((output, i) => ({
      case: expressible[i],
      difference: difference(theirs?.outputs[i] ?? [], output),
    }));
    expect(apart.filter((entry) => !(entry.difference < TOLERANCE))).toEqual([]);
    // What the stock layers lack: no resetAfter in GRU, no gradient-safe dilation or groups, fewer activations and interpolations.
    const types = [...new Set(unsupported.map((name) => name.split(':')[0]))].sort();
    expect(types).toEqual(
      'Activation BatchNorm Conv1D Conv2D Conv3D Dense DepthwiseConv2D ELU GELU GRU GroupNorm HardSigmoid LSTM MultiHeadAttention ReLU SeparableConv2D Softmax Split UpSampling2D'.split(
        ' ',
      ),
    );
  });

  it('is built alike by the exported program and the exported file', () => {
    const result = python.get('compare');
    expect(result?.error).toBeUndefined();
    expect(result?.differences).toEqual([]);
    expect(result?.layers).toBeGreaterThan(100);
  });

  it('has the weights decayed by the exported program that the engine decays', () => {
    const { subject } = ownResults('layers');
    const network = resolveNetwork(subject.document);
    if (!network.ok) throw new Error(network.error.message);
    const decays = network.value.layers.map(
      ({ exportName, weights }) =>
        [exportName, weights.filter((weight) => weight.trainable).map((weight) => weight.decays)] as const,
    );
    // What has nothing to train says nothing, and may be an operation in Keras instead of a layer (Split).
    const told = (all: readonly (readonly [string, readonly boolean[]])[]) =>
      Object.fromEntries(all.filter(([, flags]) => flags.length > 0));
    expect(told(Object.entries(python.get('compare')?.decayed ?? {}))).toEqual(told(decays));
    expect(new Set(decays.flatMap(([, flags]) => flags))).toEqual(new Set([true, false]));
  });
});

describe('an exported program', () => {
  it.each(PROGRAMS)('trains $name on the samples that the app trains on', async ({ name, document, anyOrder }) => {
    const result = python.get(`code ${name}`);
    expect(result?.error).toBeUndefined();
    if (!result) return;
    const design = await document(folder);
    expect(result.params).toBe(analyse({ document: design, dataset: null }).totals.params);
    expect(result.loss.at(-1)).toBeLessThan(result.loss[0] ?? 0);
    expect(result.printed).toMatch(/^(test|validation|training) loss: \d/m);
    expect(result.saved).toHaveLength(1);
    const dataset = await loadDataset(design.data, folder);
    const { tensors } = readSafetensors(readFileSync(at(`${name}.trained`)));
    const target = dataset.description.summary.fields.find((field) => field.role === 'target')?.name ?? '';
    const picked = (field: string, split: 'train' | 'validation') => {
      const { data, shape } = dataset.fields[field] ?? { data: new Float32Array(), shape: [] };
      const size = sizeOf(shape);
      return Array.from(dataset.splits[split]).flatMap((i) => [...data.subarray(i * size, (i + 1) * size)]);
    };
    for (const [split, prefix] of [
      ['train', ''],
      ['validation', 'validation_'],
    ] as const) {
      if (dataset.splits[split].length === 0) {
        expect(tensors.has(`${prefix}x0`)).toBe(false);
        continue;
      }
      const ordered = (values: readonly number[]) => (anyOrder ? [...values].sort((a, b) => a - b) : values);
      const inputs = ordered(Array.from((tensors.get(`${prefix}x0`)?.data ?? []) as Float32Array));
      const targets = ordered(Array.from((tensors.get(`${prefix}y0`)?.data ?? []) as Float32Array));
      expect(difference(inputs, ordered(picked('features', split)))).toBeLessThan(1e-6);
      const truths = picked(target, split);
      const classes = dataset.description.summary.fields.find((field) => field.name === target)?.classes;
      if (classes) expect(targets).toEqual(ordered(truths));
      else {
        // Numbers are trained on standardised, by the training part: by the definition of mean and deviation.
        const train = picked(target, 'train');
        const mean = train.reduce((a, b) => a + b, 0) / train.length;
        const deviation = Math.sqrt(train.reduce((sum, value) => sum + (value - mean) ** 2, 0) / train.length);
        expect(
          difference(
            targets,
            truths.map((value) => (value - mean) / deviation),
          ),
        ).toBeLessThan(1e-5);
      }
    }
  });
});

it('TensorFlow reads the scalars of a TensorBoard event file', () => {
  expect(python.get('events')?.events).toEqual([
    { tag: 'loss', step: 0, time: 1_700_000_000.5, kind: 'simple_value', value: 0.75 },
    { tag: 'valAccuracy', step: 12345, time: 1_700_000_001, kind: 'simple_value', value: 0 },
  ]);
});
