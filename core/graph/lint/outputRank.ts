import type { Fix } from '../../errors.ts';
import { formatShape } from '../../tensor/index.ts';
import { type Head, headsOf } from '../heads.ts';
import { incomingEdges, nodeById } from '../topology.ts';
import { defineRule, type LintContext } from './defineRule.ts';
import { insertOnEdge } from './fixes.ts';
import { say, widthSource } from './trace.ts';

/** A feature map arrives where one vector for each sample is wanted: usually a Flatten is missing before the Dense layer. */
export const outputRank = defineRule({
  name: 'output-rank',
  *check(context) {
    for (const head of headsOf(context)) {
      const rank = head.shape?.length ?? 1;
      if (head.shape === null || rank < 2) continue;
      if (head.target === null ? head.loss.for === 'numbers' : head.target.shape.length > 1) continue;
      const dense = denseOnMap(context, head);
      yield {
        code: 'output-rank',
        severity: head.target === null ? 'warning' : 'error',
        title: 'Output rank',
        message:
          dense === null
            ? `${say(head.node)} is compared with one answer for each sample, but ${say(head.source)} gives a ${formatShape(head.shape)} map. Flatten it or pool it to a vector first.`
            : `${say(dense.node)} works on the last axis of a map alone, so it gives ${formatShape(head.shape)}: an answer for every position instead of one for each sample. Put a Flatten before it.`,
        nodeId: dense?.node.id ?? head.node.id,
        facts: { shape: [...head.shape] },
        fixes:
          dense === null
            ? pooling(head)
            : [insertOnEdge(`Insert a Flatten before ${say(dense.node)}`, dense.wireId, 'Flatten')],
      };
    }
  },
});

function denseOnMap(context: LintContext, head: Head) {
  const found = widthSource(context, head.source.id);
  if (found?.node.type !== 'Dense') return null;
  // In a stack of Dense layers the map enters at the first of them.
  let node = found.node;
  for (;;) {
    const [wire] = incomingEdges(context.graph, node.id);
    const before = wire === undefined ? null : widthSource(context, wire.source);
    if (wire === undefined) return null;
    if (before?.node.type !== 'Dense' || !nodeById(context.graph, before.node.id)) return { node, wireId: wire.id };
    node = before.node;
  }
}

function pooling(head: Head): readonly Fix[] {
  const wire = head.wire.id;
  if (head.shape?.length === 3)
    return [
      insertOnEdge('Insert global average pooling', wire, 'GlobalAveragePool2D'),
      insertOnEdge('Insert a Flatten', wire, 'Flatten'),
    ];
  return [insertOnEdge('Insert a Flatten', wire, 'Flatten')];
}
