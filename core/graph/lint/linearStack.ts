import { incomingEdges, nodeById } from '../topology.ts';
import { defineRule, type LintContext } from './defineRule.ts';
import { insertOnEdge } from './fixes.ts';
import { say } from './trace.ts';

/** Two linear layers in a row compute what one of them could. Through a bottleneck that is meant: they have fewer weights than the one. */
export const linearStack = defineRule({
  name: 'linear-stack',
  *check(context) {
    for (const id of context.order) {
      const second = nodeById(context.graph, id);
      if (second === undefined || linearity(context, id) !== 'learned') continue;
      const first = linearBefore(context, id);
      const [wire] = incomingEdges(context.graph, id);
      if (first === null || wire === undefined || isBottleneck(context, first.id, id)) continue;
      yield {
        code: 'linear-stack',
        severity: 'info',
        title: 'Nothing between',
        message: `${say(first)} and ${say(second)} follow each other with no activation between, so together they can do no more than one linear layer.`,
        nodeId: id,
        facts: { first: first.id, second: id },
        fixes: [insertOnEdge('Insert a ReLU between', wire.id, 'ReLU')],
      };
    }
  },
});

function linearBefore(context: LintContext, nodeId: string) {
  if (context.cyclic.length > 0) return null;
  for (let id = incomingEdges(context.graph, nodeId)[0]?.source; id !== undefined; ) {
    const node = nodeById(context.graph, id);
    if (node === undefined) return null;
    const linear = linearity(context, id);
    if (linear === 'learned') return context.inferred.get(id)?.params.activation === 'linear' ? node : null;
    if (linear === undefined) return null;
    id = incomingEdges(context.graph, id)[0]?.source;
  }
  return null;
}

/** Fewer channels leave the first than it reads, and than the second makes of them. */
function isBottleneck({ inferred }: LintContext, first: string, second: string): boolean {
  const [from, between, to] = [
    inferred.get(first)?.inputShapes[0]?.at(-1),
    inferred.get(first)?.outputShapes[0]?.at(-1),
    inferred.get(second)?.outputShapes[0]?.at(-1),
  ];
  return from !== undefined && between !== undefined && to !== undefined && between < from && between < to;
}

const linearity = (context: LintContext, id: string) => context.inferred.get(id)?.definition?.traits.linear;
