import { useReactFlow, useStore, type Viewport } from '@xyflow/react';
import { useEffect, useMemo, useRef } from 'react';
import { canvasView, useCanvas } from '../../stores/canvasStore.ts';

export const START: Viewport = { x: 0, y: 0, zoom: 1 };

interface View {
  readonly viewport: Viewport;
  /** It shows the whole drawing, and goes on doing so while the canvas changes size. */
  readonly whole: boolean;
}

/** Where one was in each graph, so that coming back from another room or out of a block shows the same part. */
let views: { readonly opened: number; readonly byGraph: ReadonlyMap<string, View> } = {
  opened: -1,
  byGraph: new Map(),
};

export interface KeptView {
  /** Undefined where the graph has not been on screen since its document was opened. */
  known(): View | undefined;
  keep(view: View): void;
  setWhole(whole: boolean): void;
}

/** The view that is kept of a graph of the document opened as this one. */
export function useKeptView(opened: number, graph: string): KeptView {
  return useMemo(() => {
    const known = () => (views.opened === opened ? views.byGraph.get(graph) : undefined);
    const keep = (view: View) => {
      const others = views.opened === opened ? views.byGraph : [];
      views = { opened, byGraph: new Map([...others, [graph, view]]) };
    };
    return { known, keep, setWhole: (whole) => keep({ viewport: START, ...known(), whole }) };
  }, [opened, graph]);
}

function useRoom() {
  const width = useStore((state) => state.width);
  const height = useStore((state) => state.height);
  return { width, height };
}

/**
 * Shows all of a graph that comes on screen for the first time, once its nodes are there, and again when the canvas changes size, until the
 * person moves the view. Coming back to it keeps the view, and so does the first layer dropped on an empty canvas: it stays under the
 * pointer.
 */
export function useFitOnOpen(opened: number, view: KeptView, ready: boolean, empty: boolean): void {
  const { width, height } = useRoom();
  const { setViewport } = useReactFlow();
  const shownAt = useRef<{ readonly opened: number; readonly width: number; readonly height: number } | null>(null);
  useEffect(() => {
    if (!ready || width === 0 || height === 0) return;
    if (view.known() === undefined) {
      view.keep({ viewport: START, whole: !empty });
      if (empty) void setViewport(START);
    }
    const before = shownAt.current;
    shownAt.current = { opened, width, height };
    // Not when a layer comes or goes: the view stays put under the person's hands.
    const same = before?.opened === opened && before.width === width && before.height === height;
    if (same || view.known()?.whole !== true) return;
    requestAnimationFrame(() => canvasView()?.fit());
  }, [opened, view, ready, empty, width, height, setViewport]);
}

/** Does what was asked for as soon as this graph is drawn and the canvas has its size. */
export function useWishes(graph: string, drawn: boolean): void {
  const { width } = useRoom();
  const wish = useCanvas((state) => state.wish);
  useEffect(() => {
    if (wish === null || wish.graph !== graph || !drawn || width === 0) return;
    useCanvas.setState({ wish: null });
    // After the fit of a graph that comes on screen, which this is to have the last word over.
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        const view = canvasView();
        if (view !== null) wish.act(view);
      }),
    );
  }, [wish, graph, drawn, width]);
}
