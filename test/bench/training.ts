/**
 * Training speed: Layerloom next to stock TensorFlow.js, Keras and PyTorch, on the same networks and data. See README.md.
 * Arguments: names of networks, names of columns; all of them when none is given.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { dirname, join } from 'node:path';
import envPaths from 'env-paths';
import { activateBackend } from '../../core/engine/backends/registry.ts';
import { findInstalledTensorflow } from '../../core/engine/install/location.ts';
import { buildModel } from '../../core/engine/model/buildModel.ts';
import { weightsOf } from '../../core/engine/model/weights.ts';
import { MEMORY_SETTINGS } from '../../core/engine/node.ts';
import { ProblemError } from '../../core/errors.ts';
import { writeKeras } from '../../core/formats/node.ts';
import { writeTfjs } from '../../core/formats/tfjs/node.ts';
import { type Figures, loom, stock } from './training/columns.ts';
import { documentOf, NETS, type Net, randomData } from './training/nets.ts';

const EPOCHS = 5;
/** A column that takes longer for one network is given up. */
const LIMIT_MS = 120_000;
const home = process.env.LAYERLOOM_HOME ?? envPaths('Layerloom', { suffix: '' }).data;
// Not in test-results: tests that run meanwhile empty it.
const work = join(process.cwd(), 'node_modules', '.cache', 'layerloom', 'bench-training');
const resultsFile = join(process.cwd(), 'test-results', 'bench-training.json');
const folderOf = (net: Net) => join(work, net.id);

const COLUMNS: { readonly [name: string]: { readonly title: string; run?(net: Net): Promise<Figures> } } = {
  loomTensorflow: { title: 'Layerloom tensorflow', run: (net) => loom(net, 'tensorflow', home, EPOCHS) },
  loomWasm: { title: 'Layerloom wasm', run: (net) => loom(net, 'wasm', home, EPOCHS) },
  stockTensorflow: {
    title: 'tfjs-node fit',
    run: (net) => stock(net, 'tensorflow', home, folderOf(net), EPOCHS),
  },
  stockWasm: { title: 'tfjs wasm fit', run: (net) => stock(net, 'wasm', home, folderOf(net), EPOCHS) },
  stockCpu: { title: 'tfjs cpu fit', run: (net) => stock(net, 'cpu', home, folderOf(net), EPOCHS) },
  keras: { title: 'Keras fit' },
  torch: { title: 'PyTorch' },
};

type Row = { readonly [column: string]: Figures | string };

/** Writes the data and both exports of a network, for the other frameworks. Returns whether stock TensorFlow.js has its layers. */
async function prepare(net: Net): Promise<boolean> {
  const folder = folderOf(net);
  mkdirSync(join(folder, 'tfjs'), { recursive: true });
  const document = documentOf(net, 1);
  const built = buildModel(document, { seed: 1, mode: 'export' });
  writeFileSync(join(folder, 'model.keras'), await writeKeras(document, await weightsOf(built)));
  const stockFiles = await writeTfjs(built.model, built.network).catch(orNoLayer);
  for (const file of stockFiles ?? []) writeFileSync(join(folder, 'tfjs', file.name), file.bytes);
  built.dispose();
  const { x, y } = randomData(net);
  writeFileSync(join(folder, 'x.f32'), x);
  writeFileSync(join(folder, 'y.f32'), y);
  const { id, shape, batch, steps } = net;
  writeFileSync(join(folder, 'meta.json'), JSON.stringify({ id, shape, batch, steps }));
  return stockFiles !== null;
}

/** Null where the export refuses the network; any other error goes on. */
function orNoLayer(thrown: unknown): null {
  if (thrown instanceof ProblemError && thrown.problem.code === 'tfjs-unsupported') return null;
  throw thrown;
}

/** Runs one column for one network in a process of its own. Returns its figures, or why there are none. */
function measure(net: Net, column: string): Figures | string {
  const python = process.env.LAYERLOOM_PYTHON;
  const frameworks = join(process.cwd(), 'test/bench/training/frameworks.py');
  const threads = String(availableParallelism());
  if (column.endsWith('ensorflow') && !findInstalledTensorflow(home)) return 'no engine';
  // Layerloom's engine process is started so; the others as they come.
  const env = column.startsWith('loom') ? { ...MEMORY_SETTINGS, ...process.env } : process.env;
  const own = COLUMNS[column]?.run !== undefined;
  if (!own && !python) return 'no Python';
  const [command, args] = own
    ? [process.execPath, [process.argv[1] ?? '', '--column', column, net.id]]
    : [python ?? '', [frameworks, column, folderOf(net), threads, String(EPOCHS)]];
  const { stdout, stderr, status, error } = spawnSync(command, args, { encoding: 'utf8', timeout: LIMIT_MS, env });
  if (error) return 'too slow';
  if (status !== 0) {
    // The backend lacks a kernel: what stock TensorFlow.js cannot train is part of the picture.
    if (/not registered|not found/.test(stderr)) return 'cannot';
    console.error(stderr.trim().split('\n').slice(-3).join('\n'));
    return 'failed';
  }
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Figures;
}

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
const stepTime = (row: Row, column: string) => {
  const figures = row[column];
  return typeof figures === 'object' ? median(figures.steps) : NaN;
};
const times = (ratio: number) => (Number.isFinite(ratio) ? `${ratio.toFixed(2)}x` : '-');

function print(rows: ReadonlyMap<Net, Row>): void {
  const names = Object.keys(COLUMNS);
  const line = (cells: readonly string[]) =>
    console.log(cells.map((c, i) => (i ? c.padStart(14) : c.padEnd(36))).join(''));
  console.log('\nMilliseconds a training step (median of epochs):');
  line(['', ...names.map((name) => COLUMNS[name]?.title.replace('Layerloom', 'Loom').slice(-13) ?? '')]);
  for (const [net, row] of rows)
    line([
      net.title,
      ...names.map((name) => (typeof row[name] === 'object' ? stepTime(row, name).toFixed(2) : (row[name] ?? ''))),
    ]);
  const ratios: readonly (readonly [string, string, string])[] = [
    ['tensorflow against tfjs-node fit', 'stockTensorflow', 'loomTensorflow'],
    ['tensorflow against Keras fit', 'keras', 'loomTensorflow'],
    ['tensorflow against PyTorch', 'torch', 'loomTensorflow'],
    ['wasm against tfjs cpu fit', 'stockCpu', 'loomWasm'],
    ['wasm against Keras fit', 'keras', 'loomWasm'],
  ];
  console.log('\nTimes as fast:');
  line(['', ...[...rows.keys()].map((net) => net.id), 'median']);
  for (const [title, other, ours] of ratios) {
    const values = [...rows.values()].map((row) => stepTime(row, other) / stepTime(row, ours));
    line([title, ...values.map(times), times(median(values.filter(Number.isFinite)))]);
  }
  const extra = (title: string, pick: (figures: Figures) => string) => {
    console.log(`\n${title}:`);
    for (const [net, row] of rows)
      line([net.title, ...names.map((name) => (typeof row[name] === 'object' ? pick(row[name]) : '-'))]);
  };
  extra('Milliseconds to the first step, data in memory', ({ firstStep }) => firstStep.toFixed(0));
  extra('Peak memory, MB', ({ peakMegabytes }) => peakMegabytes.toFixed(0));
}

async function main(): Promise<void> {
  const wanted = process.argv.slice(2);
  const pick = (names: readonly string[]) => {
    const picked = names.filter((name) => wanted.includes(name));
    return picked.length > 0 ? picked : names;
  };
  const ids = pick(NETS.map(({ id }) => id));
  const nets = NETS.filter(({ id }) => ids.includes(id));
  const columns = pick(Object.keys(COLUMNS));
  await activateBackend('cpu', { home });
  const load = loadavg()[0] ?? 0;
  console.log(
    `${availableParallelism()} processors, load ${load.toFixed(1)}${load > 1 ? ': others are busy; trust the ratios only' : ''}`,
  );
  const rows = new Map<Net, Row>();
  for (const net of nets) {
    const hasStock = await prepare(net);
    const row = Object.fromEntries(
      columns.map((column) => {
        const figures = column.startsWith('stock') && !hasStock ? 'no layer' : measure(net, column);
        console.log(`${net.id} ${column}: ${typeof figures === 'string' ? figures : median(figures.steps).toFixed(2)}`);
        return [column, figures];
      }),
    );
    rows.set(net, row);
  }
  print(rows);
  const results = { load, rows: Object.fromEntries([...rows].map(([net, row]) => [net.id, row])) };
  mkdirSync(dirname(resultsFile), { recursive: true });
  writeFileSync(resultsFile, `${JSON.stringify(results, null, 2)}\n`);
}

if (process.argv[2] === '--column') {
  const net = NETS.find(({ id }) => id === process.argv[4]);
  const figures = net && (await COLUMNS[process.argv[3] ?? '']?.run?.(net));
  process.stdout.write(`\n${JSON.stringify(figures)}\n`, () => process.exit(0));
} else await main();
