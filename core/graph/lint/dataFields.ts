import { fieldFor } from '../heads.ts';
import { nodeById } from '../topology.ts';
import { defineRule } from './defineRule.ts';
import { setParam } from './fixes.ts';
import { say } from './trace.ts';

/** Inputs and Outputs that name a part of the data that is not there, or none where there are several. */
export const dataFields = defineRule({
  name: 'data-field',
  *check(context) {
    if (context.dataset === null) return;
    for (const id of context.order) {
      const node = nodeById(context.graph, id);
      const known = context.inferred.get(id);
      if (node === undefined || known === undefined || (node.type !== 'Input' && node.type !== 'Output')) continue;
      const role = node.type === 'Input' ? 'input' : 'target';
      const wanted = String(known.params.field);
      if (fieldFor(context, role, wanted) !== null) continue;
      const fields = context.dataset.fields.filter((field) => field.role === role);
      const noun = role === 'input' ? 'input' : 'target';
      const choices = fields.map((field) => `“${field.name}”`).join(', ');
      yield {
        code: 'data-field',
        severity: 'error',
        title: 'Data field',
        message:
          fields.length === 0
            ? `${say(node)} needs a ${noun} from the data, but “${context.dataset.name}” has none. Give a column that role in the Data panel.`
            : wanted === ''
              ? `The data has several ${noun} fields (${choices}), and ${say(node)} does not say which one it means.`
              : `${say(node)} refers to the ${noun} field “${wanted}”, but the data has ${choices}.`,
        nodeId: id,
        param: 'field',
        facts: { field: wanted, fields: fields.map((field) => field.name) },
        fixes: fields.slice(0, 4).map((field) => setParam(`Use “${field.name}”`, id, 'field', field.name)),
      };
    }
  },
});
