import { BLOCK, type LayerNode, type LoomDocument, readBlockUse } from '../../core/document/index.ts';
import { edit } from '../../core/edits.ts';
import { isParameterName } from '../../core/expressions/index.ts';
import type { Place } from '../../core/graph/index.ts';
import { pathOnScreen, useAnalysis } from '../stores/analysisStore.ts';
import { currentGraph, currentPlace, dispatch, useDocument } from '../stores/documentStore.ts';
import { outOf } from '../stores/place.ts';
import { showGraph } from '../stores/shownGraph.ts';

/** Id of the definition that a node uses; null for what is no use of a block that is there. */
export function definitionOf(node: LayerNode | undefined): string | null {
  if (node?.type !== BLOCK) return null;
  const read = readBlockUse(node.params);
  const graph = 'use' in read ? read.use.graph : null;
  return graph !== null && useDocument.getState().document.graphs[graph] !== undefined ? graph : null;
}

/** Where the definition stands behind a use on screen: its first repetition. */
function placeBehind(nodeId: string, graph: string): Place {
  const { places } = useAnalysis.getState().analysis;
  const path = pathOnScreen(nodeId);
  const known = path === null ? undefined : (places.get(`${path}/`) ?? places.get(`${path}[0]/`));
  const here = currentPlace();
  return known ?? { graph, uses: [...here.uses, { graph: here.graph, node: nodeId, iteration: null }] };
}

/** Shows what is in a block on screen; nothing where the node is no block. */
export function enterBlock(nodeId: string): void {
  const graph = definitionOf(currentGraph().nodes[nodeId]);
  if (graph !== null) showGraph(placeBehind(nodeId, graph));
}

/** Whether the graph on screen is the definition of a block. */
export function insideBlock(): boolean {
  const { graphId, document } = useDocument.getState();
  return graphId !== document.root;
}

/** Goes back to the graph that the block on screen stands in, with the block selected. */
export function leaveBlock(levels = 1): void {
  const { document } = useDocument.getState();
  let place = currentPlace();
  let use: string | undefined;
  for (let level = 0; level < levels; level++) {
    use = place.uses.at(-1)?.node;
    place = outOf(document, place);
  }
  showGraph(place, use === undefined ? undefined : [use]);
}

/** Leaves a parameter of a layer on screen to the uses of the block that it stands in, under its own name or the next free one. */
export function turnIntoParameter(nodeId: string, param: string): void {
  const { id: graph, parameters = {} } = currentGraph();
  const taken = (name: string) => Object.hasOwn(parameters, name) || !isParameterName(name);
  let name = param;
  for (let number = 2; taken(name); number++) name = `${param}${number}`;
  dispatch(edit('turnIntoParameter', { graph, nodeId, param, name }));
}

/** Ids of the definitions that the main graph does not use, themselves or through others, those first that no other of them uses. */
export function unusedBlocks({ graphs, root }: LoomDocument): readonly string[] {
  const left = new Set(Object.keys(graphs).filter((id) => id !== root));
  const uses = (id: string) =>
    Object.values(graphs[id]?.nodes ?? {}).flatMap((node) => {
      const read = node.type === BLOCK ? readBlockUse(node.params) : null;
      return read !== null && 'use' in read ? [read.use.graph] : [];
    });
  const reached = new Set([root]);
  for (const id of reached) for (const used of uses(id)) reached.add(used);
  const unused: string[] = [];
  for (;;) {
    const used = new Set([...left].flatMap((id) => uses(id)));
    const free = [...left].filter((id) => !reached.has(id) && !used.has(id));
    if (free.length === 0) return unused;
    for (const id of free) left.delete(id);
    unused.push(...free);
  }
}
