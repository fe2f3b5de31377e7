import type { Place } from '../../core/graph/index.ts';
import { currentPlace, useDocument } from './documentStore.ts';
import { select, useSelection } from './selectionStore.ts';

interface Selected {
  readonly nodeIds: readonly string[];
  readonly edgeIds: readonly string[];
}

/** What was selected in graphs that left the screen, by their ids; of the document that was opened as this one. */
let left: { readonly opened: number; readonly selected: ReadonlyMap<string, Selected> } = {
  opened: -1,
  selected: new Map(),
};

/** Puts a graph of the document on screen, with what is named selected, or what was selected there before. */
export function showGraph({ graph, uses }: Place, nodeIds?: readonly string[], edgeIds: readonly string[] = []): void {
  const { document, opened } = useDocument.getState();
  const here = currentPlace();
  const before = left.opened === opened ? left.selected : new Map<string, Selected>();
  left = { opened, selected: new Map([...before, [here.graph, useSelection.getState()]]) };
  useDocument.setState({ graphId: graph, uses });
  const { nodes = {}, edges = {} } = document.graphs[graph] ?? {};
  const wanted = nodeIds === undefined ? left.selected.get(graph) : { nodeIds, edgeIds };
  select(
    (wanted?.nodeIds ?? []).filter((id) => nodes[id] !== undefined),
    (wanted?.edgeIds ?? []).filter((id) => edges[id] !== undefined),
  );
}
