import type { JsonObject } from '../../json.ts';
import { fieldFor } from '../heads.ts';
import { nodeById } from '../topology.ts';
import { defineRule } from './defineRule.ts';
import { insertBefore } from './fixes.ts';
import { say } from './trace.ts';

/** Without an Input nothing enters the network. */
export const noInput = defineRule({
  name: 'no-input',
  *check(context) {
    const nodes = context.order.flatMap((id) => nodeById(context.graph, id) ?? []);
    if (nodes.length === 0 || nodes.some((node) => node.type === 'Input')) return;
    const first = nodes.find((node) => (context.inferred.get(node.id)?.unconnected.length ?? 0) > 0);
    const field = fieldFor(context, 'input', '');
    const params: JsonObject = field === null ? {} : { shape: [...field.shape] };
    yield {
      code: 'no-input',
      severity: 'error',
      title: 'No Input',
      message: 'The network has no Input, so no samples can enter it. Put an Input before the first layer.',
      ...(first === undefined
        ? {}
        : { fixes: [insertBefore(`Put an Input before ${say(first)}`, first.id, 'Input', params)] }),
    };
  },
});
