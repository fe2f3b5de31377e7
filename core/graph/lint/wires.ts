import { shorten } from '../../shorten.ts';
import { outputIndex } from '../ports.ts';
import { edgeById, nodeById } from '../topology.ts';
import { defineRule } from './defineRule.ts';
import { disconnect } from './fixes.ts';
import { say } from './trace.ts';

/** Wires that meet no port, or an input that already has its one wire. Only files written elsewhere have them. */
export const wires = defineRule({
  name: 'misplaced-wire',
  *check({ graph, order, inferred }) {
    for (const id of order) {
      const node = nodeById(graph, id);
      const known = inferred.get(id);
      for (const wire of known?.wires ?? []) {
        const source = nodeById(graph, wire.source);
        if (source === undefined || outputIndex(source, wire.sourcePort) !== null) continue;
        yield {
          code: 'misplaced-wire',
          severity: 'error',
          title: 'Misplaced wire',
          message: `A wire to ${say(node)} comes from “${shorten(wire.sourcePort)}” of ${say(source)}, which has no output of that name. Remove it, or draw it from another output.`,
          nodeId: id,
          edgeId: wire.id,
          fixes: [disconnect(`Remove the wire from ${say(source)}`, wire.id)],
        };
      }
      for (const wire of known?.misplaced ?? []) {
        const source = nodeById(graph, edgeById(graph, wire.id)?.source ?? '');
        const exists = known?.definition?.inputs.some((port) => port.name === wire.targetPort);
        yield {
          code: 'misplaced-wire',
          severity: 'error',
          title: 'Misplaced wire',
          message: exists
            ? `${say(node)} takes one wire, but another arrives from ${say(source)}. Remove one, or join them with a merge layer such as Add.`
            : `A wire from ${say(source)} ends at “${shorten(wire.targetPort)}” of ${say(node)}, which has no input of that name. Remove it.`,
          nodeId: id,
          edgeId: wire.id,
          port: wire.targetPort,
          fixes: [disconnect(`Remove the wire from ${say(source)}`, wire.id)],
        };
      }
    }
  },
});
