/**
 * Whether memory stays flat: tensors and resident memory over 20 trainings begun and stopped, and over 10,000 steps of one training, on
 * each backend that is here. Each backend runs in a process of its own.
 */
import { spawnSync } from 'node:child_process';
import envPaths from 'env-paths';
import { loadDataset } from '../../core/data/node.ts';
import { activateBackend } from '../../core/engine/backends/registry.ts';
import { findInstalledTensorflow } from '../../core/engine/install/location.ts';
import { MEMORY_SETTINGS } from '../../core/engine/node.ts';
import { findTemplate } from '../../core/templates/index.ts';
import { tensorCount, trainAndStop } from './training/growth.ts';

const home = process.env.LAYERLOOM_HOME ?? envPaths('Layerloom', { suffix: '' }).data;
const megabytes = () => Math.round(process.memoryUsage().rss / 1e6);

async function design(id: string, epochs: number) {
  const document = findTemplate(id)?.create();
  if (!document) throw new Error(`No template ${id}`);
  const dataset = await loadDataset(document.data, null);
  return { document: { ...document, training: { ...document.training, epochs } }, dataset };
}

async function watch(backend: 'wasm' | 'tensorflow'): Promise<void> {
  await activateBackend(backend, { home });
  const resnet = await design('digits-resnet', 100);
  const cycles: string[] = [];
  for (let cycle = 1; cycle <= 20; cycle++) {
    await trainAndStop(resnet.document, resnet.dataset, 40);
    if (cycle === 1 || cycle % 5 === 0) cycles.push(`${cycle}: ${tensorCount()} tensors, ${megabytes()} MB`);
  }
  console.log(`${backend}, trainings begun and stopped:\n  ${cycles.join('\n  ')}`);
  const mlp = await design('digits-mlp', 100_000);
  const marks: string[] = [];
  let due = 1000;
  await trainAndStop(mlp.document, mlp.dataset, 10_000, (step) => {
    if (step < due) return;
    marks.push(`${step}: ${tensorCount()} tensors, ${megabytes()} MB`);
    due += 1500;
  });
  console.log(`${backend}, steps of one training:\n  ${marks.join('\n  ')}`);
}

const only = process.argv[2];
if (only === 'wasm' || only === 'tensorflow') await watch(only);
else
  for (const backend of ['wasm', 'tensorflow'] as const) {
    if (backend === 'tensorflow' && !findInstalledTensorflow(home)) {
      console.log('tensorflow: no engine is installed.');
      continue;
    }
    const env = { ...MEMORY_SETTINGS, ...process.env };
    spawnSync(process.execPath, [process.argv[1] ?? '', backend], { stdio: 'inherit', env });
  }
