import { findLayer } from '../../catalogue/index.ts';
import type { LayerNode } from '../../document/index.ts';
import type { Fix } from '../../errors.ts';
import type { JsonObject, JsonValue } from '../../json.ts';
import type { Shape } from '../../tensor/index.ts';
import { incomingEdges, nodeById } from '../topology.ts';
import type { LintContext } from './defineRule.ts';
import { deleteNode, replaceLayer, setParam } from './fixes.ts';
import { say } from './trace.ts';

/** How far back the cause is looked for: what makes a vector stands near what stumbles over it. */
const MOST_STEPS = 32;
/** Hand the number of axes on. */
const KEEPS_RANK: ReadonlySet<string> = new Set(['act', 'norm', 'reg', 'dense']);
const TWINS: readonly (readonly [string, string])[] = [
  ['Conv1D', 'Conv2D'],
  ['MaxPool1D', 'MaxPool2D'],
  ['AveragePool1D', 'AveragePool2D'],
  ['GlobalMaxPool1D', 'GlobalMaxPool2D'],
  ['GlobalAveragePool1D', 'GlobalAveragePool2D'],
];

/**
 * What lies behind an input with the wrong number of axes: a layer before it that takes axes away although they are still wanted, a
 * layer for sequences where maps arrive or the other way round, or a pooling of what is pooled already. With a click for each.
 */
export function rankCauses(context: LintContext, node: LayerNode, wanted: number, shape: Shape): RankCause {
  const taken = axesTaken(context, node, wanted);
  return {
    message: taken === null ? '' : `The cause is ${say(taken.by)}, which ${taken.does}.`,
    fixes: [...(taken === null ? [] : [taken.fix]), ...pooledAlready(node, shape), ...twin(node, shape.length)],
  };
}

export interface RankCause {
  /** A whole sentence, or nothing. */
  readonly message: string;
  readonly fixes: readonly Fix[];
}

interface Taken {
  readonly by: LayerNode;
  /** As the end of a sentence. */
  readonly does: string;
  readonly fix: Fix;
}

function axesTaken(context: LintContext, node: LayerNode, wanted: number): Taken | null {
  let id = incomingEdges(context.graph, node.id)[0]?.source;
  for (let step = 0; id !== undefined && step < MOST_STEPS; step++) {
    const before = nodeById(context.graph, id);
    const known = context.inferred.get(id);
    if (before === undefined || !known?.definition || context.cyclic.includes(id)) return null;
    const [arrives] = known.inputShapes;
    const takes = arrives != null && known.outputShape !== null && arrives.length > known.outputShape.length;
    if (takes) {
      if (arrives.length !== wanted) return null;
      if (known.definition.family === 'rnn')
        return {
          by: before,
          does: 'gives its last state alone instead of one for each step',
          fix: setParam(`Have ${say(before)} return sequences`, id, 'returnSequences', true),
        };
      const flattens = before.type === 'Flatten';
      if (!flattens && !before.type.startsWith('Global')) return null;
      const does = flattens ? 'makes a vector of everything' : 'makes one number of each channel';
      return { by: before, does, fix: deleteNode(`Take ${say(before)} out`, id) };
    }
    if (!KEEPS_RANK.has(known.definition.family) || before.type === 'Embedding') return null;
    id = incomingEdges(context.graph, id)[0]?.source;
  }
  return null;
}

function pooledAlready(node: LayerNode, shape: Shape): readonly Fix[] {
  return node.type.startsWith('Global') && shape.length === 1 ? [deleteNode(`Take ${say(node)} out`, node.id)] : [];
}

/** The same layer for the number of axes that arrive. Numbers for each axis are kept, or repeated. */
function twin(node: LayerNode, rank: number): readonly Fix[] {
  const pair = TWINS.find((types) => types.includes(node.type));
  if (pair === undefined || (rank !== 2 && rank !== 3)) return [];
  const [type, axes] = rank === 2 ? [pair[0], 1] : [pair[1], 2];
  const layer = findLayer(type);
  if (layer === undefined || type === node.type) return [];
  const params: { [name: string]: JsonValue } = {};
  for (const [name, value] of Object.entries(node.params)) {
    if (Array.isArray(value) && name in layer.params)
      params[name] = Array.from({ length: axes }, () => value[0] ?? 1) as JsonValue;
    // Only sequences have a before and an after.
    if (value === 'causal') params[name] = 'same';
  }
  return [
    replaceLayer(
      `Use ${layer.title} ${layer.tag ?? ''} instead`.replace(/(\dD) \1/, '$1').replace('  ', ' '),
      node.id,
      type,
      params satisfies JsonObject,
    ),
  ];
}
