import { finalActivation } from '../finalActivation.ts';
import { fieldFor, suitableLoss } from '../heads.ts';
import { layerPorts } from '../ports.ts';
import { nodeById, outgoingEdges } from '../topology.ts';
import { defineRule } from './defineRule.ts';
import { insertAfter } from './fixes.ts';
import { say } from './trace.ts';

/** Without an Output nothing says where the network ends and what training brings down. */
export const noOutput = defineRule({
  name: 'no-output',
  *check(context) {
    const nodes = context.order.flatMap((id) => nodeById(context.graph, id) ?? []);
    if (nodes.length === 0 || nodes.some((node) => node.type === 'Output')) return;
    const ends = nodes.filter(
      (node) => layerPorts(node).outputs.length > 0 && outgoingEdges(context.graph, node.id).length === 0,
    );
    const last = ends.findLast((node) => context.inferred.get(node.id)?.outputShapes[0]) ?? ends.at(-1);
    yield {
      code: 'no-output',
      severity: 'error',
      title: 'No Output',
      message:
        'The network has no Output, so there is no loss for training to bring down. Put an Output after the last layer.',
      ...(last === undefined ? {} : { fixes: [appendOutput(last.id)] }),
    };

    function appendOutput(nodeId: string) {
      const target = fieldFor(context, 'target', '');
      const width = context.inferred.get(nodeId)?.outputShapes[0]?.at(-1) ?? null;
      const { activation } = finalActivation(context, nodeId);
      const loss = suitableLoss(target, width, activation);
      return insertAfter(`Put an Output after ${say(nodeById(context.graph, nodeId))}`, nodeId, 'Output', { loss });
    }
  },
});
