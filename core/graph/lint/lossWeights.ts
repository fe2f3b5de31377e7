import { nodeById } from '../topology.ts';
import { defineRule } from './defineRule.ts';
import { setParam } from './fixes.ts';
import { say } from './trace.ts';

/** Losses that all count nothing: no gradient leads to any weight. One of several may well be measured only. */
export const lossWeights = defineRule({
  name: 'no-loss-counts',
  *check({ graph, order, inferred, active }) {
    const outputs = order.flatMap((id) => {
      const node = nodeById(graph, id);
      return node?.type === 'Output' && active.has(id) ? [{ id, node, params: inferred.get(id)?.params }] : [];
    });
    if (outputs.length === 0 || outputs.some(({ params }) => params?.lossWeight !== 0)) return;
    for (const { id, node } of outputs)
      yield {
        code: 'no-loss-counts',
        severity: 'error',
        title: 'Weight of the loss',
        message: `The loss of ${say(node)} is multiplied by 0${outputs.length > 1 ? ', as that of every other output is' : ''}, so nothing can be learnt from it: no weight would ever change. Give it a weight above 0.`,
        nodeId: id,
        param: 'lossWeight',
        fixes: [setParam('Set the weight to 1', id, 'lossWeight', 1)],
      };
  },
});
