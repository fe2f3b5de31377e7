import { LOSSES } from '../../catalogue/index.ts';
import { defineRule } from './defineRule.ts';
import { setParam } from './fixes.ts';
import { type Head, headsOf, isCrossEntropy, suitableLoss } from './heads.ts';
import { say } from './trace.ts';

/** A loss for classes on a number, or one for numbers on classes. */
export const lossTarget = defineRule({
  name: 'loss-target',
  *check(context) {
    for (const head of headsOf(context)) {
      if (head.target === null || lossSuitsTarget(head)) continue;
      const width = head.shape?.length === 1 ? (head.shape[0] ?? null) : null;
      const better = head.classes === null ? 'meanSquaredError' : suitableLoss(head.classes, width, head.activation);
      yield {
        code: 'loss-target',
        severity: 'error',
        title: 'Loss',
        message: `${sentence(head)} Use ${LOSSES[better].label}.`,
        nodeId: head.node.id,
        param: 'loss',
        facts: { loss: head.loss, ...(head.classes === null ? {} : { classes: head.classes }) },
        fixes: [setParam(`Use ${LOSSES[better].label}`, head.node.id, 'loss', better)],
      };
    }
  },
});

/** Whether the loss answers the kind of question the target asks. True without data. */
export function lossSuitsTarget(head: Head): boolean {
  if (head.target === null) return true;
  if (head.classes === null) return !isCrossEntropy(head.loss);
  return head.loss === 'categoricalCrossentropy' || (head.loss === 'binaryCrossentropy' && head.classes === 2);
}

function sentence(head: Head): string {
  const target = `the target “${head.target?.name}”`;
  if (head.classes === null)
    return `${say(head.node)} uses ${LOSSES[head.loss].label}, which compares classes, but ${target} is a number.`;
  if (head.loss === 'binaryCrossentropy')
    return `${say(head.node)} uses binary cross-entropy, which answers yes or no, but ${target} has ${head.classes} classes.`;
  return `${say(head.node)} uses ${LOSSES[head.loss].label}, which compares numbers, but ${target} has ${head.classes} classes.`;
}
