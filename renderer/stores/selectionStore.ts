import { create } from 'zustand';
import { currentGraph, useDocument } from './documentStore.ts';

interface SelectionState {
  /** Id of the graph that these are in; null where nothing is selected. */
  readonly graph: string | null;
  /** In the order they were selected. */
  readonly nodeIds: readonly string[];
  readonly edgeIds: readonly string[];
}

const NONE: SelectionState = { graph: null, nodeIds: [], edgeIds: [] };

export const useSelection = create<SelectionState>()(() => NONE);

const sameIds = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every((id, i) => id === b[i]);

export function select(nodeIds: readonly string[], edgeIds: readonly string[] = []): void {
  const now = useSelection.getState();
  const graph = nodeIds.length + edgeIds.length === 0 ? null : currentGraph().id;
  if (now.graph === graph && sameIds(now.nodeIds, nodeIds) && sameIds(now.edgeIds, edgeIds)) return;
  useSelection.setState({ graph, nodeIds, edgeIds });
}

export function clearSelection(): void {
  select([]);
}

/** Adds an item, or takes it out when it is in. */
export function toggleSelected(kind: 'node' | 'edge', id: string): void {
  const { nodeIds, edgeIds } = useSelection.getState();
  const flip = (ids: readonly string[]) => (ids.includes(id) ? ids.filter((one) => one !== id) : [...ids, id]);
  select(kind === 'node' ? flip(nodeIds) : nodeIds, kind === 'edge' ? flip(edgeIds) : edgeIds);
}

/** Takes items out of the selection when an edit or an undo takes them out of the document. Call once. */
export function followGraph(): () => void {
  return useDocument.subscribe((state, before) => {
    if (state.document === before.document) return;
    const { graph, nodeIds, edgeIds } = useSelection.getState();
    const { nodes = {}, edges = {} } = state.document.graphs[graph ?? ''] ?? {};
    select(
      nodeIds.filter((id) => nodes[id] !== undefined),
      edgeIds.filter((id) => edges[id] !== undefined),
    );
  });
}
