import { fieldFor } from '../heads.ts';
import { defineRule } from './defineRule.ts';
import { addNode } from './fixes.ts';

/** A canvas with nothing on it cannot be built, and says how to begin. */
export const emptyNetwork = defineRule({
  name: 'empty-network',
  *check(context) {
    if (context.order.length > 0) return;
    const field = fieldFor(context, 'input', '');
    yield {
      code: 'empty-network',
      severity: 'error',
      title: 'Empty canvas',
      message: 'There are no layers yet. Start with an Input, where samples enter, or with a template.',
      fixes: [addNode('Add an Input', 'Input', field === null ? {} : { shape: [...field.shape] })],
    };
  },
});
