import { canvasView } from '../../stores/canvasStore.ts';
import { currentGraph, dispatchHere } from '../../stores/documentStore.ts';
import { toast } from '../../stores/uiStore.ts';
import { layoutRequest } from './arrange.ts';
import type { LayoutRequest, Positions } from './layoutTypes.ts';

function layoutInWorker(request: LayoutRequest): Promise<Positions> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./layoutWorker.ts', import.meta.url), { type: 'module' });
    worker.onmessage = (event: MessageEvent<Positions>) => {
      resolve(event.data);
      worker.terminate();
    };
    worker.onerror = (event) => {
      reject(new Error(event.message));
      worker.terminate();
    };
    worker.postMessage(request);
  });
}

/** Places all layers anew, as one entry of the history. An edit made meanwhile wins: the layout is then dropped. */
export async function autoLayout(): Promise<void> {
  const graph = currentGraph();
  const request = layoutRequest(graph, canvasView()?.room());
  try {
    const positions = await layoutInWorker(request);
    if (currentGraph() !== graph) return;
    dispatchHere({ command: 'moveNodes', args: { positions } });
    requestAnimationFrame(() => canvasView()?.fit());
  } catch (thrown) {
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    toast({ tone: 'error', title: 'Layout failed', message: `The layers stay where they are. ${message}` });
  }
}

/** Whether there is something to lay out. */
export function canLayOut(): boolean {
  return Object.keys(currentGraph().nodes).length > 1;
}
