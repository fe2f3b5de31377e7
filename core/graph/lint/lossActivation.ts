import type { LayerType } from '../../catalogue/index.ts';
import { edit } from '../../edits.ts';
import type { Fix, Problem } from '../../errors.ts';
import { type AnyLoss, lossOf, usualLoss } from '../../training/index.ts';
import { type Head, headsOf, lossSuitsTarget } from '../heads.ts';
import { defineRule, type LintContext } from './defineRule.ts';
import { insertOnEdge, replaceLayer, setParam } from './fixes.ts';
import { isActivation, say, widthSource } from './trace.ts';

type Wanted = NonNullable<AnyLoss['activation']>;

/** The last activation against what the loss expects to read: probabilities, logits or plain numbers. */
export const lossActivation = defineRule({
  name: 'loss-activation',
  *check(context) {
    for (const head of headsOf(context)) {
      if (head.activation === 'unknown' || !lossSuitsTarget(head)) continue;
      const wants = head.loss.activation;
      const problem = wants === null ? regression(head) : probabilities(context, head, wants);
      if (problem !== null) yield problem;
    }
  },
});

/** The layer that is nothing but this activation. */
const LAYERS = { softmax: 'Softmax', sigmoid: 'Sigmoid' } as const satisfies { readonly [A in Wanted]: LayerType };

function probabilities(context: LintContext, head: Head, wants: Wanted): Problem | null {
  const layer = LAYERS[wants];
  const loss = head.loss.title;
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
  if (head.loss.for === 'classes' && width === 1 && head.classes === null) return oneOutput(context, head);
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
    fixes: mismatchFixes(head, wants, width),
  };
}

/** Softmax with the yes-or-no loss, or sigmoid with the one-of-many loss: change the loss, or the activation. */
function mismatchFixes(head: Head, wants: Wanted, width: number | undefined): readonly Fix[] {
  const layer = LAYERS[wants];
  const other = lossOf(usualLoss(head.loss.for === 'binary' ? 'classes' : 'binary'));
  const otherFits =
    head.classes === null
      ? other.for === 'binary' || width !== 1
      : head.classes === (other.for === 'binary' ? 2 : width);
  const fixes: Fix[] = otherFits ? [setParam(`Use ${other.title}`, head.node.id, 'loss', other.name)] : [];
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
  const { title, name, activation } = lossOf(usualLoss('binary'));
  const binary = setParam(`Use ${title}`, head.node.id, 'loss', name);
  return {
    ...about(head),
    code: 'one-class',
    severity: 'error',
    message: `${say(head.node)} uses ${head.loss.title}, which wants one output for each class, but only one arrives: it would always be certain. For yes or no use ${title} after a ${activation}; for two classes or more give each an output.`,
    facts: { outputs: 1 },
    fixes: head.activation === 'softmax' ? [...wider, binary] : [binary, ...wider],
  };
}

function regression(head: Head): Problem | null {
  if (head.loss.for !== 'numbers' || head.activation !== 'softmax') return null;
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
  const { title, name } = lossOf(usualLoss('classes'));
  const classify = setParam(`Use ${title}`, head.node.id, 'loss', name);
  return {
    ...about(head),
    code: 'loss-activation',
    severity: 'warning',
    message: `${say(head.node)} uses ${head.loss.title}, which is for plain numbers, but ${say(node)} applies softmax, which is for classes. To choose between classes use ${title}.`,
    fixes: head.target === null ? [classify, ...plain] : plain,
  };
}

function about(head: Head): Pick<Problem, 'title' | 'nodeId' | 'param' | 'facts'> {
  return {
    title: 'Loss',
    nodeId: head.node.id,
    param: 'loss',
    facts: { loss: head.loss.name, activation: head.activation },
  };
}
