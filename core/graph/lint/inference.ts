import type { InferenceFailure } from '../../catalogue/index.ts';
import type { LayerNode } from '../../document/index.ts';
import type { Fix } from '../../errors.ts';
import type { InferredNode } from '../inferNode.ts';
import { nodeById } from '../topology.ts';
import { defineRule, type LintContext } from './defineRule.ts';
import { paddingCause } from './paddingCause.ts';
import { rankCauses } from './rankCauses.ts';
import { suggestedFixes } from './suggested.ts';
import { say } from './trace.ts';

/** Layers of which the cause is looked for further back, in one design: a person mends one after the other. */
const EXPLAINED = 20;

/** What layers say about the shapes they get, with its cause further back where there is one, and one-click fixes. */
export const inference = defineRule({
  name: 'inference',
  *check(context) {
    let explained = 0;
    for (const id of context.order) {
      const known = context.inferred.get(id);
      const node = nodeById(context.graph, id);
      if (!known?.failure || node === undefined) continue;
      const { code, title, message, param, facts } = known.failure;
      const cause = explained++ < EXPLAINED ? causeOf(context, node, known, known.failure) : NO_CAUSE;
      const fixes = [...cause.fixes, ...suggestedFixes(known.failure, known, id)];
      yield {
        code,
        severity: 'error',
        title,
        message: `In ${say(node)}: ${message}${cause.message === '' ? '' : ` ${cause.message}`}`,
        nodeId: id,
        ...(param === undefined ? {} : { param }),
        ...(facts === undefined ? {} : { facts }),
        ...(fixes.length === 0 ? {} : { fixes }),
      };
    }
  },
});

interface Cause {
  readonly message: string;
  readonly fixes: readonly Fix[];
}
const NO_CAUSE: Cause = { message: '', fixes: [] };

function causeOf(context: LintContext, node: LayerNode, known: InferredNode, failure: InferenceFailure): Cause {
  const shape = known.inputShapes[0];
  const { wanted } = failure.facts ?? {};
  if (failure.code === 'rank-mismatch' && typeof wanted === 'number' && shape != null && known.wires.length === 1)
    return rankCauses(context, node, wanted, shape);
  const merge = failure.code === 'merge-shape-mismatch' || failure.code === 'concatenate-shape-mismatch';
  return (merge ? paddingCause(context, node.id, known) : null) ?? NO_CAUSE;
}
