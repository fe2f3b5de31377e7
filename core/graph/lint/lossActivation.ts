import type { LayerType } from '../../catalogue/index.ts';
import { edit } from '../../edits.ts';
import type { Fix, Problem } from '../../errors.ts';
import { isCrossEntropy, LOSSES } from '../../training/index.ts';
import { defineRule, type LintContext } from './defineRule.ts';
import { insertOnEdge, replaceLayer, setParam } from './fixes.ts';
import { type Head, headsOf } from './heads.ts';
import { lossSuitsTarget } from './lossTarget.ts';
import { isActivation, say, widthSource } from './trace.ts';

/** The last activation against what the loss expects to read: probabilities, logits or plain numbers. */
export const lossActivation = defineRule({
  name: 'loss-activation',
  *check(context) {
    for (const head of headsOf(context)) {
      if (head.activation === 'unknown' || !lossSuitsTarget(head)) continue;
      const problem = isCrossEntropy(head.loss) ? crossEntropy(context, head) : regression(head);
      if (problem !== null) yield problem;
    }
  },
});

function crossEntropy(context: LintContext, head: Head): Problem | null {
  const [wants, layer] =
    head.loss === 'binaryCrossentropy' ? (['sigmoid', 'Sigmoid'] as const) : (['softmax', 'Softmax'] as const);
  const loss = LOSSES[head.loss].title;
  const width = head.shape?.length === 1 ? head.shape[0] : undefined;
  if (head.fromLogits && head.activation !== 'other')
    return {
      ...about(head),
      code: 'activated-logits',
      severity: 'warning',
      param: 'fromLogits',
      message: `${say(head.node)} treats what arrives as logits, but it has been through ${head.activation} already, so the loss would apply ${wants} a second time.`,
      fixes: [setParam('Switch off “Input is logits”', head.node.id, 'fromLogits', false)],
    };
  // With data, `output-width` says how many outputs there should be.
  if (head.loss === 'categoricalCrossentropy' && width === 1 && head.classes === null) return oneOutput(context, head);
  if (head.fromLogits || head.activation === wants) return null;
  if (head.activation === 'other')
    return {
      ...about(head),
      code: 'loss-activation',
      severity: 'error',
      message: `${say(head.node)} uses ${loss}, which compares probabilities, but ${say(head.source)} gives plain numbers. Put a ${layer} before it.`,
      fixes: [
        insertOnEdge(`Insert a ${layer}`, head.wire.id, layer),
        setParam('Treat the input as logits', head.node.id, 'fromLogits', true),
      ],
    };
  return {
    ...about(head),
    code: 'loss-activation',
    severity: 'error',
    message: `${say(head.node)} uses ${loss}, which wants ${wants} before it, but ${say(head.activationNode)} applies ${head.activation}.`,
    fixes: mismatchFixes(head, wants, layer, width),
  };
}

/** Softmax with the yes-or-no loss, or sigmoid with the one-of-many loss: change the loss, or the activation. */
function mismatchFixes(
  head: Head,
  wants: 'softmax' | 'sigmoid',
  layer: LayerType,
  width: number | undefined,
): readonly Fix[] {
  const other = wants === 'sigmoid' ? 'categoricalCrossentropy' : 'binaryCrossentropy';
  const otherFits =
    head.classes === null
      ? wants === 'softmax' || width !== 1
      : head.classes === (other === 'binaryCrossentropy' ? 2 : width);
  const fixes: Fix[] = otherFits ? [setParam(`Use ${LOSSES[other].title}`, head.node.id, 'loss', other)] : [];
  const node = head.activationNode;
  if (node !== undefined && isActivation(node))
    fixes.push(replaceLayer(`Replace ${say(node)} with a ${layer}`, node.id, layer));
  else if (node?.params.activation !== undefined)
    fixes.push(setParam(`Give ${say(node)} the activation ${wants}`, node.id, 'activation', wants));
  return fixes;
}

function oneOutput(context: LintContext, head: Head): Problem {
  const source = widthSource(context, head.source.id);
  const wider = source === null ? [] : [setParam(`Set ${source.param} to 2`, source.node.id, source.param, 2)];
  const binary = setParam(`Use ${LOSSES.binaryCrossentropy.title}`, head.node.id, 'loss', 'binaryCrossentropy');
  return {
    ...about(head),
    code: 'one-class',
    severity: 'error',
    message: `${say(head.node)} uses cross-entropy, which wants one output for each class, but only one arrives: it would always be certain. For yes or no use binary cross-entropy after a sigmoid; for two classes or more give each an output.`,
    facts: { outputs: 1 },
    fixes: head.activation === 'softmax' ? [...wider, binary] : [binary, ...wider],
  };
}

function regression(head: Head): Problem | null {
  if (head.activation !== 'softmax') return null;
  const node = head.activationNode;
  const plain: readonly Fix[] =
    node !== undefined && isActivation(node)
      ? [
          {
            label: `Remove ${say(node)}`,
            edit: edit('deleteItems', { nodeIds: [node.id], edgeIds: [], relink: true }),
          },
        ]
      : node?.params.activation !== undefined
        ? [setParam(`Take the softmax off ${say(node)}`, node.id, 'activation', 'linear')]
        : [];
  const classify = setParam(
    `Use ${LOSSES.categoricalCrossentropy.title}`,
    head.node.id,
    'loss',
    'categoricalCrossentropy',
  );
  return {
    ...about(head),
    code: 'loss-activation',
    severity: 'warning',
    message: `${say(head.node)} uses ${LOSSES[head.loss].title}, which is for plain numbers, but ${say(node)} applies softmax, which is for classes. To choose between classes use cross-entropy.`,
    fixes: head.target === null ? [classify, ...plain] : plain,
  };
}

function about(head: Head): Pick<Problem, 'title' | 'nodeId' | 'param' | 'facts'> {
  return {
    title: 'Loss',
    nodeId: head.node.id,
    param: 'loss',
    facts: { loss: head.loss, activation: head.activation },
  };
}
