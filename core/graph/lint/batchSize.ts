import { defineRule } from './defineRule.ts';
import { setTraining } from './fixes.ts';

/** A batch that the training part cannot fill: every epoch is then a single step. */
export const batchSize = defineRule({
  name: 'batch-size',
  *check({ document, dataset }) {
    const samples = dataset?.trainingSamples;
    const { batchSize: batch } = document.training;
    if (samples === undefined || samples === 0 || batch <= samples) return;
    yield {
      code: 'batch-larger-than-data',
      severity: 'info',
      title: 'Batch size',
      message: `A batch holds ${batch} samples, but the training part of “${dataset?.name}” has only ${samples}, so every epoch is one step with all of them. A smaller batch makes more steps of an epoch.`,
      param: 'batchSize',
      facts: { batchSize: batch, samples },
      fixes: [setTraining(`Set the batch size to ${quarter(samples)}`, { batchSize: quarter(samples) })],
    };
  },
});

/** The power of two that makes about four steps of an epoch. */
function quarter(samples: number): number {
  return 2 ** Math.max(0, Math.floor(Math.log2(samples / 4)));
}
