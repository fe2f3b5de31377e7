import { useReactFlow, useStoreApi } from '@xyflow/react';
import { type RefObject, useEffect } from 'react';
import { type CanvasView, type Point, useCanvas } from '../../stores/canvasStore.ts';
import { currentGraph } from '../../stores/documentStore.ts';
import { textScale } from '../../ui/index.ts';
import { nodeSize } from '../../ui/nodeSize.ts';

const CALM_MS = 200;
// Room for the tools at the bottom.
const PADDING = { top: 28, left: 34, right: 34, bottom: 60 };
/** A network that fits is not drawn larger than is good to read, which hangs on the size of text. */
export const fitView = () =>
  ({
    padding: {
      top: `${PADDING.top}px`,
      left: `${PADDING.left}px`,
      right: `${PADDING.right}px`,
      bottom: `${PADDING.bottom}px`,
    },
    maxZoom: 1.15 * textScale(),
    minZoom: 0.05,
  }) as const;

function motion(): number {
  return window.matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : CALM_MS;
}

/**
 * Lends the canvas's view to actions while it is on screen.
 * @param onWhole told, with each move an action makes, whether it shows the whole drawing
 */
export function useCanvasView(box: RefObject<HTMLDivElement | null>, onWhole: (whole: boolean) => void): void {
  const flow = useReactFlow();
  const store = useStoreApi();
  useEffect(() => {
    let pointer: Point | null = null;
    const onMove = (event: PointerEvent) => {
      const over = event.target instanceof Element && box.current?.contains(event.target) === true;
      pointer = over ? { x: event.clientX, y: event.clientY } : null;
    };
    window.addEventListener('pointermove', onMove, { passive: true });
    const middle = (): Point => {
      const { left = 0, top = 0, width = 0, height = 0 } = box.current?.getBoundingClientRect() ?? {};
      return { x: left + width / 2, y: top + height / 2 };
    };
    const view: CanvasView = {
      fit: (nodeIds) => {
        // React Flow would keep the wish until there is a node: the view would jump under the first layer dropped.
        if (Object.keys(currentGraph().nodes).length === 0) return;
        onWhole(nodeIds === undefined);
        void flow.fitView({
          ...fitView(),
          duration: motion(),
          ...(nodeIds === undefined ? {} : { nodes: nodeIds.map((id) => ({ id })) }),
        });
      },
      room: () => {
        const { width, height } = store.getState();
        return {
          width: Math.max(200, width - PADDING.left - PADDING.right),
          height: Math.max(150, height - PADDING.top - PADDING.bottom),
        };
      },
      zoomBy: (factor) => {
        onWhole(false);
        void flow.zoomTo(flow.getZoom() * factor, { duration: motion() });
      },
      zoomTo: (zoom) => {
        onWhole(false);
        void flow.zoomTo(zoom, { duration: motion() });
      },
      centreOn: (nodeId) => {
        const node = currentGraph().nodes[nodeId];
        if (node === undefined) return;
        const { width, height } = nodeSize(node.type);
        onWhole(false);
        void flow.setCenter(node.position.x + width / 2, node.position.y + height / 2, {
          zoom: Math.max(0.7 * textScale(), flow.getZoom()),
          duration: motion(),
        });
      },
      reveal: (nodeId) => {
        const node = currentGraph().nodes[nodeId];
        if (node === undefined) return;
        const { transform, width: viewWidth, height: viewHeight } = store.getState();
        const [panX, panY, zoom] = transform;
        const size = nodeSize(node.type);
        const left = node.position.x * zoom + panX;
        const top = node.position.y * zoom + panY;
        const margin = 24;
        const shift = (from: number, length: number, room: number) =>
          from < margin ? margin - from : from + length > room - margin ? room - margin - from - length : 0;
        const dx = shift(left, size.width * zoom, viewWidth);
        const dy = shift(top, size.height * zoom, viewHeight);
        if (dx === 0 && dy === 0) return;
        onWhole(false);
        void flow.setViewport({ x: panX + dx, y: panY + dy, zoom }, { duration: motion() });
      },
      focusNode: (nodeId) =>
        box.current
          ?.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(nodeId)}"]`)
          ?.focus({ preventScroll: true }),
      cursor: () => {
        const screen = pointer ?? middle();
        return { screen, position: flow.screenToFlowPosition(screen) };
      },
      hovered: () => pointer !== null,
      toCanvas: (screen) => flow.screenToFlowPosition(screen),
    };
    useCanvas.setState({ view });
    return () => {
      window.removeEventListener('pointermove', onMove);
      useCanvas.setState({ view: null });
    };
  }, [flow, store, box, onWhole]);
}
