import type { Graph, LayerNode } from '../../document/index.ts';
import type { JsonObject } from '../../json.ts';
import { refuse } from '../defineCommand.ts';
import { countsItself, namesUsedBy, REPETITION } from './formulas.ts';

type Parameters = NonNullable<Graph['parameters']>;

/**
 * The parameters that a new block needs for these nodes of the graph: those of the graph that their formulas use, and its repetition's number. Its
 * use hands them on.
 */
export function parametersFor(
  nodes: readonly LayerNode[],
  graph: Graph,
  root: string,
): { readonly parameters: Parameters; readonly values: JsonObject } {
  if (graph.id === root) return { parameters: {}, values: {} };
  const { parameters: around = {} } = graph;
  const used = new Set(nodes.flatMap((node) => [...namesUsedBy(node, graph)]));
  const counting = nodes.find((node) => countsItself(node, graph));
  const handed: Parameters = Object.fromEntries([
    ...Object.entries(around).filter(([name]) => used.has(name)),
    ...REPETITION.filter((name) => used.has(name) && !Object.hasOwn(around, name)).map((name) => [
      name,
      { kind: 'integer', default: name === 'i' ? 0 : 1 },
    ]),
  ]);
  const counted = REPETITION.find((name) => Object.hasOwn(handed, name));
  if (counting !== undefined && counted !== undefined)
    refuse(
      'group-repetition',
      'Cannot group',
      `“${counting.name}” counts its own repetitions, and another of these layers follows “${counted}” of the block around them. In one block both would have the same name: group them one after the other.`,
      { nodeId: counting.id },
    );
  return {
    parameters: handed,
    values: Object.fromEntries(Object.keys(handed).map((name) => [name, `=${name}`])),
  };
}
