import {
  BLOCK,
  type BlockUse,
  type Graph,
  type LayerNode,
  type LoomDocument,
  readBlockUse,
} from '../../document/index.ts';
import type { Names } from '../../expressions/index.ts';
import type { JsonValue } from '../../json.ts';
import { type CheckedValues, checkValues } from '../blockParams.ts';
import { rootGraph } from '../mainGraph.ts';
import { graphById, type Place } from './flatGraph.ts';
import { type BadFormula, namesUsedBy, type Scope, substitute } from './values.ts';

/** What names stand for in the main graph, which is no repetition of anything. */
export const MAIN_SCOPE: Scope = new Map([
  ['i', 0],
  ['n', 1],
]);

/** One repetition of a use: what names stand for inside, and what is wrong with the values. */
export interface Inside {
  readonly scope: Scope;
  readonly refused: CheckedValues['refused'];
  readonly faults: ReadonlyMap<string, BadFormula>;
}

/**
 * What names stand for inside one repetition of a use: the definition's parameters with the values that the use gives them, and its number `i`
 * (from 0) among `n`. Values of a use that is repeated may use its `i` and `n`, others those of the block it stands in. A parameter that is
 * called so goes before them.
 */
export function scopeInside(
  definition: Graph,
  { values }: Pick<BlockUse, 'values'>,
  outer: { readonly graph: Graph; readonly scope: Scope },
  { iteration, repeat }: { readonly iteration: number; readonly repeat: number },
): Inside {
  const around = repeat > 1 ? inRepetition(outer.scope, outer.graph, iteration, repeat) : outer.scope;
  const { params, faults } = substitute(values as LayerNode['params'], around);
  // A value that cannot be worked out is told as that, and not as one of the wrong kind too.
  const known =
    faults.size === 0 ? params : Object.fromEntries(Object.entries(params).filter(([name]) => !faults.has(name)));
  const checked = checkValues(definition, known as { readonly [name: string]: JsonValue });
  return { scope: inRepetition(checked.values, definition, iteration, repeat), refused: checked.refused, faults };
}

function inRepetition(names: Names, { parameters = {} }: Graph, iteration: number, repeat: number): Scope {
  const inside = new Map(names);
  if (!Object.hasOwn(parameters, 'i')) inside.set('i', iteration);
  if (!Object.hasOwn(parameters, 'n')) inside.set('n', repeat);
  return inside;
}

/** How often a use stands in series where these names are known; not always a count, where a formula says it. */
export function repeatOf(
  { repeat, repeatFormula }: BlockUse,
  scope: Scope,
): { readonly value: JsonValue; readonly bad?: BadFormula } {
  if (repeatFormula === undefined) return { value: repeat };
  const { params, faults } = substitute(formulaAsParams(repeatFormula), scope);
  const bad = faults.get('repeat');
  return { value: params.repeat as JsonValue, ...(bad !== undefined && { bad }) };
}

/** As one object each, so that what is worked out of it is remembered. */
const byFormula = new Map<string, LayerNode['params']>();

function formulaAsParams(repeat: string): LayerNode['params'] {
  const known = byFormula.get(repeat) ?? { repeat };
  if (byFormula.size > 500) byFormula.clear();
  byFormula.set(repeat, known);
  return known;
}

const usedIn = new WeakMap<Graph['nodes'], readonly string[]>();

/** Names that formulas of a graph's nodes use. */
export function namesUsedIn({ nodes }: Graph): readonly string[] {
  let used = usedIn.get(nodes);
  if (used === undefined) {
    used = [...new Set(Object.values(nodes).flatMap(({ params }) => namesUsedBy(params)))];
    usedIn.set(nodes, used);
  }
  return used;
}

/**
 * What names stand for at a place of the network, which may have been left by an edit: then as in a use that gives no values. Layers of the
 * main graph have no formulas, its uses have.
 */
export function scopeAt(document: LoomDocument, { graph: id, uses }: Place): Scope {
  let outer: { readonly graph: Graph; readonly scope: Scope } = { graph: rootGraph(document), scope: MAIN_SCOPE };
  for (const { node, iteration } of uses) {
    const used = usedBy(document, outer.graph.nodes[node], outer.scope);
    if (used === null) break;
    const { definition, use, repeat } = used;
    const { scope } = scopeInside(definition, use, outer, { iteration: iteration ?? 0, repeat });
    outer = { graph: definition, scope };
  }
  const graph = graphById(document, id);
  if (outer.graph.id === id || graph === undefined) return outer.scope;
  return inRepetition(checkValues(graph, {}).values, graph, 0, 1);
}

/** What names stand for in the values of a use at a place, for each of its repetitions. */
export function scopesOfValues(document: LoomDocument, place: Place, node: LayerNode): readonly Scope[] {
  const scope = scopeAt(document, place);
  const graph = graphById(document, place.graph);
  const used = usedBy(document, node, scope);
  if (graph === undefined || used === null || used.repeat === 1) return [scope];
  return Array.from({ length: used.repeat }, (_, iteration) => inRepetition(scope, graph, iteration, used.repeat));
}

function usedBy(document: LoomDocument, node: LayerNode | undefined, scope: Scope) {
  const read = node?.type === BLOCK ? readBlockUse(node.params) : null;
  if (read === null || 'fault' in read) return null;
  const definition = graphById(document, read.use.graph);
  const repeat = repeatOf(read.use, scope).value;
  if (definition === undefined) return null;
  // A count that is none is told where it is set; no form lists more than people look at.
  const count = typeof repeat === 'number' && repeat >= 1 ? Math.min(Math.floor(repeat), 1000) : 1;
  return { definition, use: read.use, repeat: count };
}
