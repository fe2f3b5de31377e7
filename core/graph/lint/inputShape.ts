import { formatShape, sameShape } from '../../tensor/index.ts';
import { fieldFor } from '../heads.ts';
import { nodeById } from '../topology.ts';
import { defineRule } from './defineRule.ts';
import { setData, setParam } from './fixes.ts';
import { say } from './trace.ts';

/** The shape an Input declares against that of the samples it will get. */
export const inputShape = defineRule({
  name: 'input-shape',
  *check(context) {
    for (const id of context.order) {
      const node = nodeById(context.graph, id);
      const known = context.inferred.get(id);
      const declared = known?.outputShapes[0];
      if (node?.type !== 'Input' || !known || !declared) continue;
      const field = fieldFor(context, 'input', String(known.params.field));
      if (field === null || sameShape(field.shape, declared)) continue;
      const fixes = [setParam(`Set the input shape to ${formatShape(field.shape)}`, id, 'shape', [...field.shape])];
      const [height, width, channels] = declared;
      const resizable = context.dataset?.kind === 'image' && declared.length === 3 && channels === field.shape[2];
      if (resizable && height !== undefined && width !== undefined && height <= 1024 && width <= 1024)
        fixes.push(setData(`Resize the images to ${height}×${width}`, { resize: [height, width] }));
      yield {
        code: 'input-shape',
        severity: 'error',
        title: 'Input shape',
        message: `One sample of the data is ${formatShape(field.shape)}, but ${say(node)} expects ${formatShape(declared)}.`,
        nodeId: id,
        param: 'shape',
        facts: { data: [...field.shape], input: [...declared] },
        fixes,
      };
    }
  },
});
