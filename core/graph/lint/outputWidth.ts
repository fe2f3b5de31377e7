import type { Fix } from '../../errors.ts';
import { formatShape, sameShape } from '../../tensor/index.ts';
import { lossOf, usualLoss } from '../../training/index.ts';
import { type Head, headsOf, lossSuitsTarget } from '../heads.ts';
import { incomingEdges } from '../topology.ts';
import { defineRule, type LintContext } from './defineRule.ts';
import { insertOnEdge, setParam } from './fixes.ts';
import { isActivation, label, say, widthSource } from './trace.ts';

/** How many numbers the network gives against how many the data and the loss want. */
export const outputWidth = defineRule({
  name: 'output-width',
  *check(context) {
    for (const head of headsOf(context)) {
      const width = head.shape?.length === 1 ? head.shape[0] : undefined;
      if (head.target === null || width === undefined || !lossSuitsTarget(head)) continue;
      const wanted = expectedWidth(head);
      if (wanted === null || wanted === width) continue;
      const decisive = widthSource(context, head.source.id);
      const giver = decisive?.node ?? head.source;
      yield {
        code: 'output-width',
        severity: 'error',
        title: 'Output width',
        message: sentence(head, say(giver), width, wanted),
        nodeId: giver.id,
        ...(decisive === null ? {} : { param: decisive.param }),
        facts: {
          output: head.node.id,
          outputs: width,
          expected: wanted,
          ...(head.classes === null ? {} : { classes: head.classes }),
        },
        fixes: [...lossFix(head, width), ...widthFix(context, head, wanted)],
      };
    }
  },
});

function expectedWidth(head: Head): number | null {
  if (head.target === null) return null;
  if (head.loss.for === 'binary') return 1;
  if (head.classes !== null) return head.classes;
  return head.target.shape.length === 1 && !sameShape(head.target.shape, head.shape ?? [])
    ? (head.target.shape[0] ?? null)
    : null;
}

function sentence(head: Head, giver: string, width: number, wanted: number): string {
  if (head.loss.for === 'binary')
    return `The data has two classes and ${head.loss.title} expects one output, the probability of the second, but ${giver} gives ${width}.`;
  if (head.classes !== null)
    return `The data has ${head.classes} classes and the loss expects one output for each, but ${giver} gives ${width}.`;
  return `The target “${head.target?.name}” is ${wanted === 1 ? 'one number' : formatShape([wanted])} for each sample, but ${giver} gives ${width}.`;
}

function widthFix(context: LintContext, head: Head, wanted: number): readonly Fix[] {
  const found = widthSource(context, head.source.id);
  if (found !== null)
    return [
      setParam(`Set ${label(context, found.node, found.param)} to ${wanted}`, found.node.id, found.param, wanted),
    ];
  // No layer alone decides the width: a Dense layer of the right size, before the final activation where that is a layer.
  const activation =
    head.activationNode !== undefined && isActivation(head.activationNode) ? head.activationNode : null;
  const wire = activation === null ? head.wire : (incomingEdges(context.graph, activation.id)[0] ?? head.wire);
  return [
    insertOnEdge(`Insert a Dense layer with ${wanted} ${wanted === 1 ? 'unit' : 'units'}`, wire.id, 'Dense', {
      units: wanted,
    }),
  ];
}

/** Two classes can be told apart by one sigmoid or by two softmax outputs: the loss may be what is wrong. */
function lossFix(head: Head, width: number): readonly Fix[] {
  if (head.classes !== 2) return [];
  const [wanted, fits] = head.loss.for === 'classes' ? (['binary', 1] as const) : (['classes', 2] as const);
  const other = lossOf(usualLoss(wanted));
  if (head.loss.for === 'numbers' || width !== fits || head.activation !== other.activation) return [];
  return [setParam(`Use ${other.title}`, head.node.id, 'loss', other.name)];
}
