/**
 * Whether memory stays flat: tensors, the backend's own memory and resident memory over trainings begun and stopped, and over 10,000 steps of
 * one training, on each backend that is here. Each backend runs in a process of its own, with the settings of the engine process.
 */
import { spawnSync } from 'node:child_process';
import envPaths from 'env-paths';
import { loadDataset } from '../../core/data/node.ts';
import { activateBackend, listBackends } from '../../core/engine/backends/registry.ts';
import { collectGarbage } from '../../core/engine/collectGarbage.ts';
import { BACKEND_NAMES, type BackendName } from '../../core/engine/index.ts';
import { MEMORY_SETTINGS } from '../../core/engine/node.ts';
import { findTemplate } from '../../core/templates/index.ts';
import { testGpu } from '../unit/engine/webgpu/softwareGpu.ts';
import { backendBytes, tensorCount, trainAndStop } from './training/growth.ts';

const home = process.env.LAYERLOOM_HOME ?? envPaths('Layerloom', { suffix: '' }).data;
const STEPS = 10_000;
const MARKS = [1000, 5000, STEPS];

/** What is trained again and again, and what for long: plain JavaScript and software graphics are slow, so something tiny there. */
const PLANS: {
  readonly [B in BackendName]: { readonly again: string; readonly cycles: number; readonly long: string };
} = {
  tensorflow: { again: 'digits-resnet', cycles: 40, long: 'digits-mlp' },
  wasm: { again: 'digits-resnet', cycles: 40, long: 'digits-mlp' },
  webgpu: { again: 'iris-mlp', cycles: 10, long: 'iris-mlp' },
  cpu: { again: 'iris-mlp', cycles: 20, long: 'iris-mlp' },
};

async function design(id: string) {
  const document = findTemplate(id)?.create();
  if (!document) throw new Error(`No template ${id}`);
  const dataset = await loadDataset(document.data, null);
  return { document: { ...document, training: { ...document.training, epochs: 100_000 } }, dataset };
}

function now(): string {
  const mb = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;
  const own = backendBytes();
  const { rss, heapUsed } = process.memoryUsage();
  return `${tensorCount()} tensors, ${own === null ? '' : `backend ${mb(own)}, `}JavaScript ${mb(heapUsed)}, resident ${mb(rss)}`;
}

async function watch(backend: BackendName): Promise<void> {
  await activateBackend(backend, { home });
  const { again, cycles, long } = PLANS[backend];
  const short = await design(again);
  console.log(`${backend}, ${again} begun and stopped:`);
  for (let cycle = 1; cycle <= cycles; cycle++) {
    await trainAndStop(short.document, short.dataset, 20);
    collectGarbage();
    if (cycle === 1 || cycle % 10 === 0) console.log(`  ${cycle}: ${now()}`);
  }
  const { document, dataset } = await design(long);
  const due = [...MARKS];
  console.log(`${backend}, steps of one training of ${long}:`);
  // A little further, since it is looked at every hundred steps.
  await trainAndStop(document, dataset, STEPS + 200, (step) => {
    if (step < (due[0] ?? Infinity)) return;
    due.shift();
    collectGarbage();
    console.log(`  ${step}: ${now()}`);
  });
}

const only = BACKEND_NAMES.find((name) => name === process.argv[2]);
const child = process.argv[3] === 'here';
if (only && child) {
  await watch(only);
  // Native device handles keep the process alive.
  process.exit(0);
} else {
  // Without a graphics card, one that is imitated: memory is counted all the same.
  const gpu = await testGpu();
  const found = await listBackends({ home });
  for (const { name, available, software } of found) {
    if (only && name !== only) continue;
    const imitated = name === 'webgpu' && (!available || software);
    if (!available && !(imitated && gpu.env)) {
      console.log(`${name}: not here.`);
      continue;
    }
    const env = { ...MEMORY_SETTINGS, ...process.env, ...(imitated ? gpu.env : {}) };
    spawnSync(process.execPath, ['--expose-gc', process.argv[1] ?? '', name, 'here'], { stdio: 'inherit', env });
  }
}
