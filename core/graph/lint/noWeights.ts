import { incomingEdges, nodeById } from '../topology.ts';
import { defineRule } from './defineRule.ts';
import { insertBefore } from './fixes.ts';
import { say } from './trace.ts';

/** A whole network in which nothing can be learnt. It can be built and exported, so it is no error, but no training would start. */
export const noWeights = defineRule({
  name: 'nothing-to-train',
  *check({ graph, order, inferred, active }) {
    if (active.size === 0) return;
    const layers = order.filter((id) => active.has(id));
    // What is unfinished elsewhere is told of first.
    if (layers.some((id) => (inferred.get(id)?.outputShapes.length ?? 0) === 0)) return;
    if (layers.some((id) => inferred.get(id)?.weights.some((weight) => weight.trainable))) return;
    const output = layers.find((id) => nodeById(graph, id)?.type === 'Output');
    const source = output === undefined ? undefined : nodeById(graph, incomingEdges(graph, output)[0]?.source ?? '');
    if (output === undefined || source === undefined) return;
    const units = inferred.get(output)?.inputShapes[0]?.at(-1) ?? 1;
    yield {
      code: 'nothing-to-train',
      severity: 'warning',
      title: 'No weights',
      message: 'No layer of the network has weights to train, so a training cannot start. Add one, such as Dense.',
      nodeId: output,
      fixes: [insertBefore(`Insert a Dense after ${say(source)}`, output, 'Dense', { units })],
    };
  },
});
