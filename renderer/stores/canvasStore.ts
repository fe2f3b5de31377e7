import { create } from 'zustand';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** What the canvas lets actions do to its view. Present while a canvas is on screen. */
export interface CanvasView {
  fit(nodeIds?: readonly string[]): void;
  /** How much room a drawing has that is fitted into the view, in screen pixels. */
  room(): { readonly width: number; readonly height: number };
  zoomBy(factor: number): void;
  zoomTo(zoom: number): void;
  centreOn(nodeId: string): void;
  /** Pans just enough to bring a node into view. */
  reveal(nodeId: string): void;
  /** Moves DOM focus to a node's card. */
  focusNode(nodeId: string): void;
  /** Where the pointer last was over the canvas, on the canvas; its middle if it never was. */
  cursor(): { readonly screen: Point; readonly position: Point };
  /** Whether the pointer is over the canvas now. */
  hovered(): boolean;
  toCanvas(screen: Point): Point;
}

interface CanvasState {
  readonly view: CanvasView | null;
  /** What is to be done with the view as soon as a graph is drawn in it. */
  readonly wish: { readonly graph: string; readonly act: (view: CanvasView) => void } | null;
}

export const useCanvas = create<CanvasState>()(() => ({ view: null, wish: null }));

/** Does something with the view once a graph is drawn on the canvas, at once where it is: it may have to come on screen first. */
export function onceDrawn(graph: string, act: (view: CanvasView) => void): void {
  useCanvas.setState({ wish: { graph, act } });
}

export function canvasView(): CanvasView | null {
  return useCanvas.getState().view;
}
