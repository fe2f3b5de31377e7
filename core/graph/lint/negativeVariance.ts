import { INITIALIZERS, type Initializer, isInitializer } from '../../catalogue/index.ts';
import { nodeById } from '../topology.ts';
import { defineRule } from './defineRule.ts';
import { setParam } from './fixes.ts';
import { say } from './trace.ts';

const PARAM = 'movingVarianceInitializer';

/** A moving variance that starts below zero: its root is no number, in Keras and PyTorch too, until training has brought it above. */
export const negativeVariance = defineRule({
  name: 'negative-variance',
  *check({ graph, order, inferred }) {
    for (const id of order) {
      const node = nodeById(graph, id);
      const params = inferred.get(id)?.params;
      const initializer = params?.[PARAM];
      if (node === undefined || params === undefined || !isInitializer(initializer)) continue;
      const reach = below(initializer);
      if (reach === null) continue;
      const certain = initializer.name === 'constant';
      if (certain && initializer.value + Number(params.epsilon) > 0) continue;
      yield {
        code: 'negative-variance',
        severity: certain ? 'error' : 'warning',
        title: 'Variance below zero',
        message: `The moving variance of ${say(node)} ${certain ? `starts at ${initializer.value}` : `is drawn by ${INITIALIZERS[initializer.name].label.toLowerCase()}, ${reach}`}. A variance is never negative: its root is no number, and neither is what the layer puts out when it predicts or is validated. Start it at one.`,
        nodeId: id,
        param: PARAM,
        fixes: [setParam('Start it at one', id, PARAM, { name: 'ones' })],
      };
    }
  },
});

/** How its numbers come to be below zero, as the end of a sentence; null where none is. */
function below(initializer: Initializer): string | null {
  switch (initializer.name) {
    case 'zeros':
    case 'ones':
      return null;
    case 'constant':
      return initializer.value < 0 ? `which is ${initializer.value}` : null;
    case 'randomUniform':
      return Math.min(initializer.min, initializer.max) < 0 ? `from ${initializer.min} on` : null;
    case 'truncatedNormal':
      return initializer.mean - 2 * initializer.stddev < 0
        ? `down to ${initializer.mean - 2 * initializer.stddev}`
        : null;
    case 'randomNormal':
      // Beyond four deviations lies one of thirty thousand.
      return initializer.mean - 4 * initializer.stddev < 0 ? 'some of which are below zero' : null;
    default:
      return 'half of which are below zero';
  }
}
