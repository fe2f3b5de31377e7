import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jsonLines, jsonOf, layerloom, newHome } from './commandLine.ts';

let home = '';
const run = (...args: string[]) => layerloom(args, { home });
const json = (...args: string[]) => jsonOf(args, home);

beforeAll(async () => {
  home = await newHome(['iris-mlp', 'digits-cnn', 'xor-mlp']);
});
afterAll(() => rm(home, { recursive: true, force: true }));

describe('train, evaluate, predict, export', () => {
  it('trains iris with one event a line and the metrics last', async () => {
    const ended = await run(
      'train',
      'iris-mlp.loom',
      '--epochs',
      '40',
      '--batch',
      '16',
      '--seed',
      '7',
      '--backend',
      'wasm',
      '--json',
    );
    expect(ended.stderr).toBe('');
    expect(ended.code).toBe(0);
    const events = jsonLines(ended);
    expect(events[0]).toMatchObject({ type: 'start' });
    // Whether a run lasts the second after which the first figure of its device comes is the machine's business.
    const types = new Set(events.slice(1, -1).map(({ type }) => type));
    types.delete('deviceUse');
    expect(types).toEqual(new Set(['run', 'metrics']));
    const done = events.at(-1) as { type: string; run: string; dir: string; metrics: Record<string, number> };
    expect(done).toMatchObject({ type: 'done', status: 'finished' });
    for (const name of ['loss', 'accuracy', 'valLoss', 'valAccuracy']) expect(done.metrics[name]).toBeTypeOf('number');
    expect(done.metrics.valAccuracy).toBeGreaterThan(0.85);
    const files = await readdir(done.dir);
    expect(files).toEqual(
      expect.arrayContaining(['run.json', 'design.loom', 'metrics.jsonl', 'best.safetensors', 'last.safetensors']),
    );
    const design = JSON.parse(await readFile(join(done.dir, 'design.loom'), 'utf8'));
    expect(design.training).toMatchObject({ epochs: 40, batchSize: 16, seed: 7, backend: 'wasm' });

    for (const name of ['last', done.run, done.dir]) {
      const evaluation = await json('evaluate', name);
      expect(evaluation).toMatchObject({ run: done.run, split: 'test', samples: 15 });
      expect(evaluation.metrics.accuracy).toBeGreaterThan(0.7);
      expect(evaluation.confusion.classes).toEqual(['setosa', 'versicolor', 'virginica']);
    }
    const text = await run('evaluate', 'last', '--split', 'validation', '--weights', 'last');
    expect(text.stdout).toMatch(/30 samples of the validation part\n/);
    expect(text.stdout).toMatch(/^loss +\d\.\d{4}$/m);
    expect(text.stdout).toMatch(/^accuracy +\d\.\d{4}$/m);

    const rows = [
      { 'sepal length (cm)': 5.1, 'sepal width (cm)': 3.5, 'petal length (cm)': 1.4, 'petal width (cm)': 0.2 },
      [6.3, 3.3, 6, 2.5],
    ];
    await writeFile(join(home, 'rows.json'), JSON.stringify(rows));
    const predictions = await json('predict', 'last', '--input', 'rows.json');
    expect(predictions.map(({ predicted }: { predicted: string }) => predicted)).toEqual(['setosa', 'virginica']);
    for (const { output } of predictions) expect(output.reduce((a: number, b: number) => a + b)).toBeCloseTo(1, 5);
    const piped = await layerloom(['predict', 'last', '--input', '-'], { home, input: JSON.stringify(rows[0]) });
    expect(piped.stdout).toMatch(/1 +setosa/);

    const keras = await json('export', 'last', '--to', 'keras', '-o', 'iris.keras');
    await writeFile(join(home, 'iris.keras'), 'mine');
    const kept = await run('export', 'last', '--to', 'keras', '-o', 'iris.keras');
    expect(kept).toMatchObject({ code: 1, stdout: '' });
    expect(kept.stderr).toMatch(/iris\.keras is there already\. .*--force\.\n$/);
    expect(await readFile(join(home, 'iris.keras'), 'utf8')).toBe('mine');
    expect(await json('export', 'last', '--to', 'keras', '-o', 'iris.keras', '--force')).toEqual(keras);
    expect(keras).toMatchObject({ format: 'keras', path: join(home, 'iris.keras') });
    expect((await readFile(join(home, 'iris.keras'))).subarray(0, 2).toString()).toBe('PK');
    await json('export', done.dir, '--to', 'tfjs', '-o', 'iris-tfjs');
    expect(JSON.parse(await readFile(join(home, 'iris-tfjs', 'model.json'), 'utf8')).format).toBe('layers-model');
    const code = await json('export', 'iris-mlp.loom', '--to', 'keras-code', '-o', 'iris.py');
    expect(code.files.length).toBeGreaterThan(0);
  });

  it('tells in figures what a run has learnt', async () => {
    const { layers } = await json('weights', 'last', '--weights', 'best');
    expect(layers.map(({ weights }: { weights: unknown[] }) => weights.length)).toEqual([2, 2]);
    const table = (await run('weights', 'last')).stdout;
    for (const { name, weights } of layers)
      for (const { name: of, shape, figures, notFinite } of weights) {
        expect(notFinite, `${name}/${of}`).toBe(0);
        expect(figures.min).toBeLessThanOrEqual(figures.mean);
        expect(figures.mean).toBeLessThanOrEqual(figures.max);
        // Of values within a range, none deviate further than half of it (Popoviciu 1935).
        expect(figures.deviation).toBeLessThanOrEqual((figures.max - figures.min) / 2 + 1e-9);
        const line = new RegExp(`^${name}/${of} +${shape.join('×')} `, 'm');
        expect(table).toMatch(line);
      }
  });

  it('takes other data and a folder of one’s own', async () => {
    const rows = Array.from(
      { length: 60 },
      (_, i) => `${i % 2},${(i * 7) % 5},${i % 3},${i % 4},${['p', 'q', 'r'][i % 3]}`,
    );
    await writeFile(join(home, 'own.csv'), `a,b,c,d,label\n${rows.join('\n')}\n`);
    const args = ['train', 'iris-mlp.loom', '--data', 'own.csv', '--epochs', '2', '--out', 'my run', '--json'];
    const ended = await run(...args);
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    const done = jsonLines(ended).at(-1);
    expect(done).toMatchObject({ type: 'done', run: join(home, 'my run'), dir: join(home, 'my run') });
    expect((await json('evaluate', 'my run')).confusion.classes).toEqual(['p', 'q', 'r']);
    const again = await run(...args);
    expect(again.code).toBe(1);
    expect(again.stderr).toMatch(/^layerloom: “.*my run” is not empty, .*\n$/);
  });

  it('says what every head of a design says', async () => {
    const design = JSON.parse(await readFile(join(home, 'iris-mlp.loom'), 'utf8'));
    const graph = design.graphs[design.root];
    const nodes = Object.values(graph.nodes) as { id: string; type: string; name: string }[];
    const edges = Object.values(graph.edges) as { source: string; target: string }[];
    const output = nodes.find(({ type }) => type === 'Output');
    const last = edges.find(({ target }) => target === output?.id);
    const before = edges.find(({ target }) => target === last?.source);
    graph.nodes.twin = { ...nodes.find(({ id }) => id === last?.source), id: 'twin', name: 'twin' };
    graph.nodes.second = { ...output, id: 'second', name: 'a_rather_long_name' };
    graph.edges.toTwin = { ...before, id: 'toTwin', target: 'twin' };
    graph.edges.toSecond = { ...last, id: 'toSecond', source: 'twin', target: 'second' };
    await writeFile(join(home, 'heads.loom'), JSON.stringify(design));
    expect(await run('train', 'heads.loom', '--epochs', '3', '--json')).toMatchObject({ code: 0, stderr: '' });
    const { heads, metrics } = await json('evaluate', 'last');
    expect(heads.map(({ name }: { name: string }) => name)).toEqual([output?.name, 'a_rather_long_name']);
    for (const head of heads) expect(head.confusion.matrix.flat().reduce((a: number, b: number) => a + b)).toBe(15);
    const text = (await run('evaluate', 'last')).stdout;
    // A name and its value never run into one another, however long the name.
    for (const [name, value] of Object.entries(metrics) as [string, number][])
      expect(text).toMatch(new RegExp(`^${name} +${value.toFixed(4)}$`, 'm'));
    expect(text.match(/^True \\ predicted/gm)).toHaveLength(2);
    await writeFile(join(home, 'one.json'), '[[5.1, 3.5, 1.4, 0.2]]');
    expect((await run('predict', 'last', '--input', 'one.json')).stdout).toMatch(/^1 +a_rather_long_name +\w+/m);
    const [prediction] = await json('predict', 'last', '--input', 'one.json');
    expect(prediction.heads).toHaveLength(2);
  });

  it('takes a folder of pictures, and predicts from picture files', async () => {
    for (const [label, name] of ['above', 'below'].entries()) {
      await mkdir(join(home, 'halves', name), { recursive: true });
      for (let i = 0; i < 30; i++) {
        const pixels = Uint8Array.from(
          { length: 12 * 12 * 3 },
          (_, p) => (p < 216 === (label === 0) ? 200 : 30) + ((p * 7 + i) % 50),
        );
        await sharp(pixels, { raw: { height: 12, width: 12, channels: 3 } }).toFile(
          join(home, 'halves', name, `${i}.png`),
        );
      }
    }
    const text = await readFile(join(home, 'digits-cnn.loom'), 'utf8');
    await writeFile(join(home, 'halves.loom'), text.replaceAll(/"units": ?10\b/g, '"units": 2'));
    // The network reads 8×8×1.
    const trained = await run('train', 'halves.loom', '--data', 'halves', '--epochs', '12', '--json');
    expect(trained.stderr).toBe('');
    expect(jsonLines(trained).at(-1)).toMatchObject({ type: 'done', status: 'finished' });
    const predictions = await json('predict', 'last', '--input', 'halves/below/3.png', 'halves/above/4.png');
    expect(predictions.map(({ predicted }: { predicted: string }) => predicted)).toEqual(['below', 'above']);
    const refused = await run('predict', 'last', '--input', 'halves/gone.png');
    expect(refused.stderr).toMatch(/^layerloom: Sample 1 cannot be used: “.*gone\.png” is not there\.\n$/);
  });

  it('gives the same numbers for the same seed', async () => {
    const curve = async () => {
      const ended = await run('train', 'xor-mlp.loom', '--epochs', '20', '--backend', 'wasm', '--json');
      const { dir } = jsonLines(ended).at(-1) as { dir: string };
      const lines = (await readFile(join(dir, 'metrics.jsonl'), 'utf8')).trim().split('\n');
      const points = lines.map((line) => JSON.parse(line) as { kind: string; values: unknown });
      return points.filter(({ kind }) => kind === 'epoch').map(({ values }) => values);
    };
    const first = await curve();
    expect(first).toHaveLength(20);
    expect(await curve()).toEqual(first);
  });

  it('stops on Ctrl-C with weights saved', async () => {
    let sent = false;
    const ended = await layerloom(['train', 'digits-cnn.loom', '--epochs', '500', '--json'], {
      home,
      onOutput: (text, pid) => {
        if (sent || !text.includes('"metrics"')) return;
        sent = true;
        process.kill(pid, 'SIGINT');
      },
    });
    expect(ended.code).toBe(130);
    const done = jsonLines(ended).at(-1) as { dir: string };
    expect(done).toMatchObject({ type: 'done', status: 'stopped' });
    expect(existsSync(join(done.dir, 'last.safetensors'))).toBe(true);
    expect((await run('evaluate', 'last')).code).toBe(0);
  });

  it.skipIf(process.platform !== 'linux')('ends at once on a second Ctrl-C, and when the engine dies', async () => {
    const engineOf = async (pid: number) =>
      Number((await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8')).trim().split(' ')[0]);
    for (const how of ['interrupt twice', 'kill the engine'] as const) {
      let sent = false;
      const ended = await layerloom(['train', 'digits-cnn.loom', '--epochs', '500', '--json'], {
        home,
        onOutput: (text, pid) => {
          if (sent || !text.includes('"metrics"')) return;
          sent = true;
          engineOf(pid).then((engine) => {
            if (how === 'kill the engine') {
              process.kill(engine, 'SIGKILL');
              return;
            }
            // An engine that does not answer: only the second Ctrl-C can end it.
            process.kill(engine, 'SIGSTOP');
            process.kill(pid, 'SIGINT');
            setTimeout(() => process.kill(pid, 'SIGINT'), 300);
          });
        },
      });
      const { dir } = jsonLines(ended)[0] as { dir: string };
      expect(ended.code).toBe(how === 'interrupt twice' ? 130 : 1);
      expect(jsonLines(ended).at(-1)).toMatchObject({
        error: { severity: 'error', facts: { run: expect.any(String) } },
      });
      expect(JSON.parse(await readFile(join(dir, 'run.json'), 'utf8'))).toMatchObject({ status: 'interrupted' });
    }
  });
});
