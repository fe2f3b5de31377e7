import { type ParamDescriptors, whyIdle } from '../../catalogue/index.ts';
import type { JsonValue } from '../../json.ts';
import { sameJson } from '../sameJson.ts';
import { nodeById } from '../topology.ts';
import { defineRule } from './defineRule.ts';
import { setParam } from './fixes.ts';
import { say } from './trace.ts';

/** Values that were set and do nothing, because of another parameter: label smoothing on a loss for numbers, say. */
export const idleParams = defineRule({
  name: 'idle-param',
  *check({ graph, order, inferred }) {
    for (const id of order) {
      const node = nodeById(graph, id);
      const known = inferred.get(id);
      if (node === undefined || !known?.definition) continue;
      for (const [param, descriptor] of Object.entries(known.definition.params as ParamDescriptors)) {
        const standard = descriptor.default as JsonValue;
        if (descriptor.needs === undefined || sameJson(known.params[param], standard)) continue;
        const why = whyIdle(known.definition, param, known.params);
        if (why === null) continue;
        yield {
          code: 'idle-param',
          severity: 'warning',
          title: descriptor.label,
          message: `${descriptor.label} of ${say(node)} is set, but has no effect while ${why}.`,
          nodeId: id,
          param,
          fixes: [setParam(`Set ${descriptor.label.toLowerCase()} back`, id, param, standard)],
        };
      }
    }
  },
});
