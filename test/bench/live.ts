/**
 * What being live costs: the share of a training's time that goes into curves, record, event file and checkpoints, on a tiny, a small and a
 * middle network; and how long it takes from Train to the first point of the curve. On each backend that is here, each in a
 * process of its own.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import envPaths from 'env-paths';
import type { LoomDocument } from '../../core/document/index.ts';
import { activateBackend } from '../../core/engine/backends/registry.ts';
import { findInstalledTensorflow } from '../../core/engine/install/location.ts';
import { MEMORY_SETTINGS, startEngine } from '../../core/engine/node.ts';
import { TrainingSession } from '../../core/engine/train/session.ts';
import { Sketch } from '../../core/library/index.ts';
import { runStore } from '../../core/runs/node.ts';
import { findTemplate } from '../../core/templates/index.ts';
import { liveShare, type Shares } from './training/liveShare.ts';

type Name = 'tensorflow' | 'wasm';
const home = process.env.LAYERLOOM_HOME ?? envPaths('Layerloom', { suffix: '' }).data;
const ROUNDS = 3;
/** How long one training is to take. */
const TRAIN_MS = 15_000;

function template(id: string): LoomDocument {
  const document = findTemplate(id)?.create();
  if (!document) throw new Error(`No template ${id}`);
  return document;
}

/** Three convolutions with batch normalisation, 375,000 weights. */
function middleNet(): LoomDocument {
  const { data, training } = template('digits-resnet');
  const sketch = new Sketch();
  sketch.chain(null, { column: 0 }, [
    ['Input', { shape: [8, 8, 1] }],
    ...[64, 128, 256].flatMap((filters) => [
      ['Conv2D', { filters, kernelSize: [3, 3], padding: 'same', useBias: false }] as const,
      ['BatchNorm'] as const,
      ['ReLU'] as const,
    ]),
    ['GlobalAveragePool2D'],
    ['Dense', { units: 10 }],
    ['Softmax'],
    ['Output'],
  ]);
  const document = sketch.document('Middle', {}, {});
  return { ...document, data, training };
}

const DESIGNS: { readonly [title: string]: () => LoomDocument } = {
  'tiny (Digits MLP)': () => template('digits-mlp'),
  'small (Digits ResNet)': () => template('digits-resnet'),
  'middle (CNN, 375,000 weights)': middleNet,
};

const withTraining = (document: LoomDocument, backend: Name, epochs: number): LoomDocument => ({
  ...document,
  training: { ...document.training, backend, epochs },
});

const middle = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

/** Watches whole trainings: what else the machine does stretches all parts of one alike, where two compared would each be hit otherwise. */
async function cost(backend: Name, title: string, design: LoomDocument, folder: string): Promise<void> {
  const runs = runStore(folder);
  const train = async (epochs: number): Promise<number> => {
    const { dir } = await runs.create(withTraining(design, backend, epochs), null);
    // As the engine process sends them.
    const session = new TrainingSession({ runDir: dir, home, emit: (event) => JSON.stringify(event) });
    await session.start(false);
    const begun = performance.now();
    await session.done();
    rmSync(dir, { recursive: true, force: true });
    return performance.now() - begun;
  };
  await train(2);
  const epochs = Math.max(2, Math.round((2 * TRAIN_MS) / (await train(2))));
  const rounds: Shares[] = [];
  for (let round = 0; round < ROUNDS; round++) rounds.push(await liveShare(() => train(epochs)));
  const percent = (share: (shares: Shares) => number) => `${(100 * middle(rounds.map(share))).toFixed(1)} %`;
  const busy = ({ training, live, garbage }: Shares) => training + live + garbage;
  const seconds = middle(rounds.map((shares) => busy(shares) + shares.idle)) / 1000;
  console.log(
    `${backend}, ${title}, ${epochs} epochs, ${seconds.toFixed(1)} s: live ${percent((s) => s.live / busy(s))} of the training thread's processor time; with waiting ${percent((s) => (s.live + s.idle) / (busy(s) + s.idle))} of the time on the wall`,
  );
}

async function firstPoint(backend: Name, folder: string): Promise<void> {
  const runs = runStore(folder);
  const begun = performance.now();
  const engine = startEngine({ engineFile: join(process.cwd(), 'dist/engine.cjs'), home });
  const waits: number[] = [];
  for (let run = 0; run < 3; run++) {
    const { dir } = await runs.create(withTraining(template('digits-resnet'), backend, 12), null);
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
    await activateBackend(only, { home });
    for (const [title, design] of Object.entries(DESIGNS)) await cost(only, title, design(), folder);
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
