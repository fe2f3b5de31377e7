import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { loadDataset } from '../../../core/data/node.ts';
import { activateBackend } from '../../../core/engine/backends/registry.ts';
import { Trainer } from '../../../core/engine/train/trainer.ts';
import { findTemplate } from '../../../core/templates/index.ts';

// Without --expose-gc there is no global function; a context made after the flag was set has one.
setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Trains for an epoch and lets go. What comes back refers only weakly to the last layer, and so to all that lead there. */
async function trainOnce(): Promise<WeakRef<object>> {
  const document = findTemplate('iris-mlp')?.create();
  if (!document) throw new Error('no template iris-mlp');
  const dataset = await loadDataset(document.data, null);
  const trainer = new Trainer({ ...document, training: { ...document.training, epochs: 1 } }, dataset);
  await trainer.run(
    { wish: 'run', resumed: async () => undefined },
    { points: () => undefined, save: async () => undefined },
  );
  const layer = trainer.model.trainModel.layers.at(-1);
  if (!layer) throw new Error('no layers');
  trainer.dispose();
  return new WeakRef<object>(layer);
}

test('a model whose training is over is not kept by anything', async () => {
  await activateBackend('wasm', { home: '/nonexistent' });
  const layers: WeakRef<object>[] = [];
  for (let run = 0; run < 3; run++) layers.push(await trainOnce());
  // Weak references hold on until the task that made them has ended.
  await new Promise((resolve) => setImmediate(resolve));
  collect();
  expect(layers.map((layer) => layer.deref() !== undefined)).toEqual([false, false, false]);
});
