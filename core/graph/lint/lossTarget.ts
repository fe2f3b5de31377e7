import type { DataSettings } from '../../document/index.ts';
import type { Fix } from '../../errors.ts';
import type { JsonObject } from '../../json.ts';
import { lossOf } from '../../training/index.ts';
import { type Head, headsOf, lossSuitsTarget, suitableLoss } from '../heads.ts';
import { defineRule } from './defineRule.ts';
import { setData, setParam } from './fixes.ts';
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
      const better = suitableLoss(head.target, width, head.activation);
      const use = `Use ${lossOf(better).title}`;
      yield {
        code: 'loss-target',
        severity: 'error',
        title: 'Loss',
        message: `${sentence(head)} ${use}.`,
        nodeId: head.node.id,
        param: 'loss',
        facts: { loss: head.loss.name, ...(head.classes === null ? {} : { classes: head.classes }) },
        fixes: [...asClasses(context.document.data, head), setParam(use, head.node.id, 'loss', better)],
      };
    }
  },
});

function sentence(head: Head): string {
  const target = `the target “${head.target?.name}”`;
  const uses = `${say(head.node)} uses ${head.loss.title}`;
  if (head.classes === null) return `${uses}, which compares classes, but ${target} is a number${numbers(head)}.`;
  const what = head.loss.for === 'binary' ? 'answers yes or no' : 'compares numbers';
  return `${uses}, which ${what}, but ${target} has ${head.classes} classes.`;
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
  if (span < 1 || (head.loss.for === 'binary' ? span !== 1 : span >= MOST_CLASSES)) return [];
  const column = { ...source.columns[known.column], role: 'target', kind: 'categorical' };
  const next = { ...source, columns: { ...source.columns, [known.column]: column } };
  return [setData(`Take “${known.column}” for classes`, { source: JSON.parse(JSON.stringify(next)) as JsonObject })];
}
