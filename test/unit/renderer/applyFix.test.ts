import { expect, it } from 'vitest';

it('a fix that stops a run or has a file chosen asks the host for it; any other edits the design', async () => {
  const sent: { method: string; params: unknown }[] = [];
  const bridge = { send: (message: string) => void sent.push(JSON.parse(message)), onMessage: () => () => undefined };
  const matchMedia = () => ({ matches: false, addEventListener: () => undefined });
  Object.assign(globalThis, { window: { layerloom: bridge, matchMedia } });
  const { applyFix } = await import('../../../renderer/actions/applyFix.ts');
  const { useDocument } = await import('../../../renderer/stores/documentStore.ts');
  applyFix({ label: 'Stop', host: { method: 'train.stop', params: { runId: 'iris-3' } } });
  await expect
    .poll(() => sent)
    .toContainEqual(expect.objectContaining({ method: 'train.stop', params: { runId: 'iris-3' } }));
  applyFix({
    label: 'Choose it…',
    host: { method: 'dialog.show', params: { what: 'data.table', name: 't.csv', folder: '/data' } },
  });
  await expect
    .poll(() => sent)
    .toContainEqual(
      expect.objectContaining({
        method: 'dialog.show',
        params: { what: 'data.table', name: 't.csv', folder: '/data' },
      }),
    );
  applyFix({ label: 'Slower', edit: { command: 'setTraining', args: { training: { learningRate: 0.25 } } } });
  expect(useDocument.getState().document.training.learningRate).toBe(0.25);
});
