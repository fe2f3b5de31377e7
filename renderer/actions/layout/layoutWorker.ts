import { layoutGraph } from './layoutGraph.ts';
import type { LayoutRequest } from './layoutTypes.ts';

// Large graphs take dagre seconds; the window must not wait.
self.onmessage = (event: MessageEvent<LayoutRequest>) => {
  self.postMessage(layoutGraph(event.data));
};
