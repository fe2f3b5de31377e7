import { findLayer, listLayers } from '../../catalogue/index.ts';
import type { LayerNode } from '../../document/index.ts';
import type { EditFix } from '../../errors.ts';
import type { JsonObject, JsonValue } from '../../json.ts';
import type { Shape } from '../../tensor/index.ts';
import { incomingEdges, nodeById } from '../topology.ts';
import type { LintContext } from './defineRule.ts';
import { deleteNode, replaceLayer, setParam } from './fixes.ts';
import { say } from './trace.ts';

/** How far back the cause is looked for: what makes a vector stands near what stumbles over it. */
const MOST_STEPS = 32;

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
  readonly fixes: readonly EditFix[];
}

interface Taken {
  readonly by: LayerNode;
  /** As the end of a sentence. */
  readonly does: string;
  readonly fix: EditFix;
}

function axesTaken(context: LintContext, node: LayerNode, wanted: number): Taken | null {
  let id = incomingEdges(context.graph, node.id)[0]?.source;
  for (let step = 0; id !== undefined && step < MOST_STEPS; step++) {
    const before = nodeById(context.graph, id);
    const known = context.inferred.get(id);
    if (before === undefined || !known?.definition || context.cyclic.includes(id)) return null;
    const [arrives] = known.inputShapes;
    const takes =
      arrives != null && known.outputShapes[0] !== undefined && arrives.length > known.outputShapes[0].length;
    if (takes) {
      if (arrives.length !== wanted) return null;
      const { dropsAxes } = known.definition.traits;
      if (dropsAxes === undefined) return null;
      const { does, keep } = dropsAxes;
      const fix =
        keep === undefined
          ? deleteNode(`Take ${say(before)} out`, id)
          : setParam(`Have ${say(before)} ${keep.label}`, id, keep.param, keep.value);
      return { by: before, does, fix };
    }
    if (known.definition.traits.rank !== 'kept') return null;
    id = incomingEdges(context.graph, id)[0]?.source;
  }
  return null;
}

function pooledAlready(node: LayerNode, shape: Shape): readonly EditFix[] {
  const drops = traitsOf(node)?.dropsAxes;
  return drops !== undefined && drops.keep === undefined && shape.length === 1
    ? [deleteNode(`Take ${say(node)} out`, node.id)]
    : [];
}

/** The same layer for the number of axes that arrive. Numbers for each axis are kept, or repeated. */
function twin(node: LayerNode, rank: number): readonly EditFix[] {
  const sibling = traitsOf(node)?.sibling;
  const axes = rank - 1;
  const layer = listLayers().find(({ traits }) => traits.sibling?.of === sibling?.of && traits.sibling?.axes === axes);
  if (sibling === undefined || layer === undefined || layer.type === node.type) return [];
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
      layer.type,
      params satisfies JsonObject,
    ),
  ];
}

const traitsOf = (node: LayerNode) => findLayer(node.type)?.traits;
