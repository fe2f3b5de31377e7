import type { InferenceFailure } from '../../catalogue/index.ts';
import type { Fix } from '../../errors.ts';
import type { InferredNode } from '../inferNode.ts';
import { nodeById } from '../topology.ts';
import { defineRule } from './defineRule.ts';
import { insertOnEdge, setParam } from './fixes.ts';
import { say } from './trace.ts';

/** What layers say about the shapes they get, with their suggestions as one-click fixes. */
export const inference = defineRule({
  name: 'inference',
  *check({ graph, order, inferred }) {
    for (const id of order) {
      const known = inferred.get(id);
      if (!known?.failure) continue;
      const { code, title, message, param, facts } = known.failure;
      const fixes = fixesFor(known.failure, known, id);
      yield {
        code,
        severity: 'error',
        title,
        message: `In ${say(nodeById(graph, id))}: ${message}`,
        nodeId: id,
        ...(param === undefined ? {} : { param }),
        ...(facts === undefined ? {} : { facts }),
        ...(fixes.length === 0 ? {} : { fixes }),
      };
    }
  },
});

function fixesFor(failure: InferenceFailure, node: InferredNode, nodeId: string): readonly Fix[] {
  return (failure.suggestions ?? []).flatMap((suggestion) => {
    if (suggestion.kind === 'setParam') return [setParam(suggestion.label, nodeId, suggestion.param, suggestion.value)];
    const wire = node.wires[suggestion.input];
    return wire === undefined ? [] : [insertOnEdge(suggestion.label, wire.id, suggestion.type, suggestion.params)];
  });
}
