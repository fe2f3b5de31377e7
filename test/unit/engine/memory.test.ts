import { describe, expect, test } from 'vitest';
import { loadDataset } from '../../../core/data/node.ts';
import { activateBackend } from '../../../core/engine/backends/registry.ts';
import { findTemplate } from '../../../core/templates/index.ts';
import { tensorCount, trainAndStop } from '../../bench/training/growth.ts';
import { tensorflowHome } from './tensorflowHome.ts';

// test/bench/memory.ts does the same for longer and looks at resident memory too.
describe.each(['wasm', 'tensorflow'] as const)('on %s', (backend) => {
  const here = test.skipIf(backend === 'tensorflow' && tensorflowHome === null);

  here.each(['digits-resnet', 'digits-transformer', 'iris-mlp'])(
    '%s leaves no tensor behind when it is stopped',
    async (id) => {
      await activateBackend(backend, { home: tensorflowHome ?? '/nonexistent' });
      const document = findTemplate(id)?.create();
      if (!document) throw new Error(`no template ${id}`);
      const dataset = await loadDataset(document.data, null);
      await trainAndStop(document, dataset, 10);
      const before = tensorCount();
      for (let cycle = 0; cycle < 4; cycle++) await trainAndStop(document, dataset, 10);
      expect(tensorCount()).toBe(before);
    },
  );

  here('the count stays the same from step to step', async () => {
    await activateBackend(backend, { home: tensorflowHome ?? '/nonexistent' });
    const document = findTemplate('iris-mlp')?.create();
    if (!document) throw new Error('no template iris-mlp');
    const dataset = await loadDataset(document.data, null);
    const endless = { ...document, training: { ...document.training, epochs: 1000 } };
    const counts: number[] = [];
    await trainAndStop(endless, dataset, 800, () => counts.push(tensorCount()));
    expect(counts.length).toBeGreaterThan(3);
    // Values measured since the last read wait on the device; there are a few more or fewer of them.
    expect(Math.max(...counts.slice(1)) - Math.min(...counts.slice(1))).toBeLessThan(100);
  });
});
