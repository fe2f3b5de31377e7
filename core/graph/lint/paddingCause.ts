import type { AnyParams } from '../../catalogue/index.ts';
import type { LayerNode } from '../../document/index.ts';
import type { EditFix } from '../../errors.ts';
import { formatShape, type Shape, sameShape } from '../../tensor/index.ts';
import type { InferredNode } from '../inferNode.ts';
import { incomingEdges, nodeById, reachable } from '../topology.ts';
import type { LintContext } from './defineRule.ts';
import { setParam, together } from './fixes.ts';
import { asFix, inferWith, knownShapes, mends } from './suggested.ts';
import { say } from './trace.ts';

/** How many layers of a branch are looked at. */
const MOST_LAYERS = 48;

export interface PaddingCause {
  /** Whole sentences: which layer, what it does, what would be. */
  readonly message: string;
  readonly fixes: readonly EditFix[];
}

interface Shrinking {
  readonly node: LayerNode;
  readonly known: InferredNode;
}

/**
 * Whether branches meet with maps of different sizes because a layer of one of them has no padding: the usual reason in residual blocks. The
 * fix sets its padding to same, and projects what then still differs.
 */
export function paddingCause(context: LintContext, nodeId: string, known: InferredNode): PaddingCause | null {
  const shapes = knownShapes(known);
  const [first] = shapes ?? [];
  if (shapes === null || first === undefined || first.length < 2 || first.length > 3) return null;
  if (shapes.some((shape) => shape.length !== first.length)) return null;
  for (const [input, wire] of known.wires.entries()) {
    const own = shapes[input];
    if (own === undefined) continue;
    const others = known.wires.flatMap((other, i) => (i === input ? [] : [other.source]));
    const branch = branchOf(context, wire.source, reachable(context.graph, others, 'up'));
    for (const culprits of candidates(branch)) {
      const padded = recomputed(branch, culprits);
      const wanted = shapes.find((shape, i) => i !== input && sameSize(shape, padded));
      if (padded === null || wanted === undefined || sameSize(own, padded)) continue;
      const next = shapes.map((shape, i) => (i === input ? padded : shape));
      const fix = fixFor(known, nodeId, culprits, next);
      if (fix !== null) return { message: sentence(culprits, own, padded), fixes: [fix] };
    }
  }
  return null;
}

const sameSize = (a: Shape, b: Shape | null) => b !== null && sameShape(a.slice(0, -1), b.slice(0, -1));

/** The layers of one branch alone, first to last: each with a single wire in, and none that the other branches hang on. */
function branchOf(context: LintContext, last: string, shared: ReadonlySet<string>): readonly Shrinking[] {
  const branch: Shrinking[] = [];
  for (let id: string | undefined = last; id !== undefined && branch.length < MOST_LAYERS; ) {
    const node = nodeById(context.graph, id);
    const known = context.inferred.get(id);
    const wires = incomingEdges(context.graph, id);
    if (node === undefined || known === undefined || shared.has(id) || wires.length !== 1) break;
    branch.unshift({ node, known });
    id = wires[0]?.source;
  }
  return branch;
}

/** Sets of layers without padding, to try one after another: single ones, those that do not stride, all. */
function candidates(branch: readonly Shrinking[]): readonly (readonly Shrinking[])[] {
  const valid = branch.filter(({ known }) => known.params.padding === 'valid');
  const still = valid.filter(({ known }) => [known.params.strides].flat().every((stride) => stride === 1));
  return [...still.map((one) => [one]), still, valid].filter((set) => set.length > 0);
}

/** What would leave the branch if these had padding. */
function recomputed(branch: readonly Shrinking[], culprits: readonly Shrinking[]): Shape | null {
  let shape = branch[0]?.known.inputShapes[0] ?? null;
  for (const one of branch) {
    if (shape === null) return null;
    const params: AnyParams = culprits.includes(one) ? { ...one.known.params, padding: 'same' } : one.known.params;
    const inferred = inferWith(one.known, [shape], params);
    shape = inferred?.ok ? inferred.shape : null;
  }
  return shape;
}

function fixFor(
  known: InferredNode,
  nodeId: string,
  culprits: readonly Shrinking[],
  shapes: readonly Shape[],
): EditFix | null {
  const names = culprits.map(({ node }) => say(node)).join(', ');
  const pad = culprits.map(({ node }) => setParam('', node.id, 'padding', 'same'));
  const label = `Set the padding of ${names} to same`;
  const after = inferWith(known, shapes);
  if (after?.ok) return together(label, ...pad);
  // Sizes agree then, channels do not yet.
  const suggestion = after?.failure.suggestions?.find((one) => mends(known, shapes, one));
  if (suggestion === undefined) return null;
  const steps = suggestion.kind === 'several' ? suggestion.steps : [suggestion];
  const rest = steps.flatMap((step) => asFix(step, known, nodeId));
  const also = `${suggestion.label.charAt(0).toLowerCase()}${suggestion.label.slice(1)}`;
  return together(`${label}, and ${also}`, ...pad, ...rest);
}

function sentence(culprits: readonly Shrinking[], own: Shape, padded: Shape): string {
  const names = culprits.map(({ node }) => say(node)).join(', ');
  const one = culprits.length === 1;
  return `The cause is ${names}: without padding ${one ? 'it makes' : 'they make'} the map smaller, so that ${formatShape(own)} arrives here instead of ${formatShape(padded)}.`;
}
