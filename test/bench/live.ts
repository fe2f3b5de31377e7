/**
 * What being live costs: a training with curves, record, event file and checkpoints written, next to the bare training loop; and how long
 * it takes from Train to the first point of the curve. The template Digits ResNet, on each backend that is here, each in a process of its own.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import envPaths from 'env-paths';
import { loadDataset } from '../../core/data/node.ts';
import type { LoomDocument } from '../../core/document/index.ts';
import { activateBackend } from '../../core/engine/backends/registry.ts';
import { findInstalledTensorflow } from '../../core/engine/install/location.ts';
import { MEMORY_SETTINGS, startEngine } from '../../core/engine/node.ts';
import { TrainingSession } from '../../core/engine/train/session.ts';
import { Trainer } from '../../core/engine/train/trainer.ts';
import { runStore } from '../../core/runs/node.ts';
import { findTemplate } from '../../core/templates/index.ts';

type Name = 'tensorflow' | 'wasm';
const home = process.env.LAYERLOOM_HOME ?? envPaths('Layerloom', { suffix: '' }).data;
const EPOCHS = 12;
const ROUNDS = 5;

function design(backend: Name): LoomDocument {
  const document = findTemplate('digits-resnet')?.create();
  if (!document) throw new Error('No template digits-resnet');
  return { ...document, training: { ...document.training, backend, epochs: EPOCHS } };
}

/** Processor time of all threads, in ms: what else the machine does falsifies it much less than time on the wall. */
async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(begun);
  return (user + system) / 1000;
}

const middle = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

async function cost(backend: Name, folder: string): Promise<void> {
  await activateBackend(backend, { home });
  const document = design(backend);
  const dataset = await loadDataset(document.data, null);
  const runs = runStore(folder);
  const bare = async () => {
    const trainer = new Trainer(document, dataset);
    const time = await timed(() =>
      trainer.run(
        { wish: 'run', resumed: async () => undefined },
        { points: () => undefined, save: async () => undefined },
      ),
    );
    trainer.dispose();
    return time;
  };
  const live = async () => {
    const { dir } = await runs.create(document, null);
    const session = new TrainingSession({ runDir: dir, home, emit: () => undefined });
    await session.start(false);
    return timed(() => session.done());
  };
  await bare();
  const pairs: number[] = [];
  // In turns, so that what else the machine does hits both alike.
  for (let round = 0; round < ROUNDS; round++) {
    const [first, second] = [await bare(), await live()];
    pairs.push(second / first - 1);
  }
  console.log(
    `${backend}: curves, files and checkpoints cost ${(100 * middle([...pairs])).toFixed(1)} % of the processor time of ${EPOCHS} epochs (rounds: ${pairs.map((p) => (100 * p).toFixed(1)).join(', ')})`,
  );
}

async function firstPoint(backend: Name, folder: string): Promise<void> {
  const runs = runStore(folder);
  const begun = performance.now();
  const engine = startEngine({ engineFile: join(process.cwd(), 'dist/engine.cjs'), home });
  const waits: number[] = [];
  for (let run = 0; run < 3; run++) {
    const { dir } = await runs.create(design(backend), null);
    const from = run === 0 ? begun : performance.now();
    const seen = new Promise<number>((resolve) => {
      const off = engine.onEvent((event) => {
        if (event.type !== 'metrics') return;
        off();
        resolve(performance.now() - from);
      });
    });
    const over = new Promise<void>((resolve) => {
      const off = engine.onEvent((event) => {
        if (event.type !== 'run' || event.record.status !== 'stopped') return;
        off();
        resolve();
      });
    });
    await engine.call('train.start', { runDir: dir, resume: false });
    waits.push(await seen);
    await engine.call('train.stop', {});
    await over;
  }
  engine.kill();
  const [cold, ...warm] = waits.map((wait) => `${wait.toFixed(0)} ms`);
  console.log(`${backend}: Train to the first points: ${cold} in a new engine process, ${warm.join(', ')} after that`);
}

const only = process.argv[2];
if (only === 'wasm' || only === 'tensorflow') {
  const folder = mkdtempSync(join(tmpdir(), 'layerloom-bench-'));
  try {
    await firstPoint(only, folder);
    await cost(only, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
} else
  for (const backend of ['tensorflow', 'wasm'] as const) {
    if (backend === 'tensorflow' && !findInstalledTensorflow(home)) {
      console.log('tensorflow: no engine is installed.');
      continue;
    }
    const env = { ...MEMORY_SETTINGS, ...process.env };
    spawnSync(process.execPath, [process.argv[1] ?? '', backend], { stdio: 'inherit', env });
  }
