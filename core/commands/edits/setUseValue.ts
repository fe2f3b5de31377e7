import { sameJson } from '../../json.ts';
import { defineCommand } from '../defineCommand.ts';
import { requireParameter, requireUseOf, requireValue, writeUse } from '../steps/blockParameters.ts';
import { graphOf, requireNode } from '../steps/nodes.ts';

/** Gives a use of a block a value for one of the block's parameters, or a formula; null takes it back to the default. */
export const setUseValue = defineCommand({
  name: 'setUseValue',
  run(draft, { graph, nodeId, name, value }) {
    const node = requireNode(graphOf(draft, graph), nodeId);
    const use = requireUseOf(node);
    const { [name]: given, ...others } = use.values;
    if (value === null) writeUse(node, { ...use, values: others });
    else {
      const definition = graphOf(draft, use.graph);
      requireValue(name, requireParameter(definition, name), value, { param: `values.${name}`, nodeId });
      if (!sameJson(given, value)) writeUse(node, { ...use, values: { ...use.values, [name]: value } });
    }
    return { label: `Set ${name} of ${node.name}` };
  },
});
