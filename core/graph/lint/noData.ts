import { defineRule } from './defineRule.ts';

/** A network can be drawn, checked and exported without data; only training needs some. */
export const noData = defineRule({
  name: 'no-data',
  *check({ document, order }) {
    if (order.length === 0 || document.data.source.kind !== 'none') return;
    yield {
      code: 'no-data',
      severity: 'info',
      title: 'No data',
      message:
        'No data is chosen. The network can be designed and exported as it is; to train it, choose data in the Data panel.',
    };
  },
});
