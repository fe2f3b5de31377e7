import { create } from 'zustand';

/** What only the canvas needs to know while the pointer is down. */
interface CanvasState {
  /** The wire that would take the layer being dragged. */
  readonly dropEdgeId: string | null;
  /** While a wire is drawn: nodes it may end at. Null otherwise. */
  readonly validTargets: ReadonlySet<string> | null;
}

export const useCanvasState = create<CanvasState>()(() => ({ dropEdgeId: null, validTargets: null }));

export function setDropEdge(dropEdgeId: string | null): void {
  if (useCanvasState.getState().dropEdgeId !== dropEdgeId) useCanvasState.setState({ dropEdgeId });
}
