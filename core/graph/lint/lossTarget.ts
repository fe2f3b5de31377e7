import type { DataSettings } from '../../document/index.ts';
import type { Fix } from '../../errors.ts';
import type { JsonObject } from '../../json.ts';
import { isCrossEntropy, LOSSES } from '../../training/index.ts';
import { defineRule } from './defineRule.ts';
import { setData, setParam } from './fixes.ts';
import { type Head, headsOf, suitableLoss } from './heads.ts';
import { say } from './trace.ts';

/** More whole numbers than this are amounts, not classes. */
const MOST_CLASSES = 50;

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
        message: `${sentence(head)} Use ${LOSSES[better].title}.`,
        nodeId: head.node.id,
        param: 'loss',
        facts: { loss: head.loss, ...(head.classes === null ? {} : { classes: head.classes }) },
        fixes: [
          ...asClasses(context.document.data, head),
          setParam(`Use ${LOSSES[better].title}`, head.node.id, 'loss', better),
        ],
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
    return `${say(head.node)} uses ${LOSSES[head.loss].title}, which compares classes, but ${target} is a number${numbers(head)}.`;
  if (head.loss === 'binaryCrossentropy')
    return `${say(head.node)} uses binary cross-entropy, which answers yes or no, but ${target} has ${head.classes} classes.`;
  return `${say(head.node)} uses ${LOSSES[head.loss].title}, which compares numbers, but ${target} has ${head.classes} classes.`;
}

/** ` (0.5 to 12.3)`: what the target's numbers are, where that is known. */
function numbers(head: Head): string {
  const [known] = head.target?.values ?? [];
  return known === undefined ? '' : ` (${Number(known.min.toPrecision(3))} to ${Number(known.max.toPrecision(3))})`;
}

/** Numbers that are few and whole may be the numbers of classes: the loss is then right, and the column is not what it was taken for. */
function asClasses({ source }: DataSettings, head: Head): readonly Fix[] {
  const [known] = head.target?.values ?? [];
  if (source.kind !== 'csv' || head.classes !== null || known?.whole !== true || known.column === '') return [];
  const span = known.max - known.min;
  if (span < 1 || (head.loss === 'binaryCrossentropy' ? span !== 1 : span >= MOST_CLASSES)) return [];
  const column = { ...source.columns[known.column], role: 'target', kind: 'categorical' };
  const next = { ...source, columns: { ...source.columns, [known.column]: column } };
  return [setData(`Take “${known.column}” for classes`, { source: JSON.parse(JSON.stringify(next)) as JsonObject })];
}
