import { type LayoutRequest, layoutGraph } from './layoutGraph.ts';

// Large graphs take dagre seconds; the window must not wait.
self.onmessage = (event: MessageEvent<LayoutRequest>) => {
  self.postMessage(layoutGraph(event.data));
};
