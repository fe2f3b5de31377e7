import {
  type Connection,
  type Edge as FlowEdge,
  type OnConnectEnd,
  type OnConnectStart,
  useReactFlow,
} from '@xyflow/react';
import { useCallback, useMemo } from 'react';
import { batch, type SingleEdit } from '../../../core/edits.ts';
import { canConnect, firstOutput, freeInput, type PortReference } from '../../../core/graph/index.ts';
import { openQuickAdd } from '../../actions/addLayer.ts';
import { currentGraph, currentGraphs, dispatchHere } from '../../stores/documentStore.ts';
import { toastProblem } from '../../stores/uiStore.ts';
import { useCanvasState } from './canvasState.ts';
import type { WireFlowEdge } from './flowTypes.ts';

interface Pair {
  readonly from: PortReference;
  readonly to: PortReference;
}

function pairOf(connection: Connection | FlowEdge): Pair {
  return {
    from: { nodeId: connection.source, port: connection.sourceHandle ?? 'out' },
    to: { nodeId: connection.target, port: connection.targetHandle ?? 'in' },
  };
}

/** The connection a wire from one end would make with a node's first fitting port. Null where that side has no port. */
function pairWith(start: PortReference, side: 'source' | 'target', nodeId: string): Pair | null {
  const node = currentGraph().nodes[nodeId];
  if (node === undefined) return null;
  const port =
    side === 'source'
      ? (freeInput(currentGraph(), node, currentGraphs())?.name ?? 'in')
      : (firstOutput(node, currentGraphs())?.name ?? 'out');
  const other = { nodeId, port };
  return side === 'source' ? { from: start, to: other } : { from: other, to: start };
}

const wire = ({ from, to }: Pair): SingleEdit => ({
  command: 'connect',
  args: { source: from.nodeId, sourcePort: from.port, target: to.nodeId, targetPort: to.port },
});

function pointOf(event: MouseEvent | TouchEvent): { readonly x: number; readonly y: number } {
  const at = 'changedTouches' in event ? event.changedTouches[0] : event;
  return { x: at?.clientX ?? 0, y: at?.clientY ?? 0 };
}

/** Drawing wires: valid targets light up, refusals say why, and a wire let go over nothing asks for the layer to put there. */
export function useConnecting() {
  const { screenToFlowPosition } = useReactFlow();

  const isValidConnection = useCallback((connection: Connection | FlowEdge) => {
    const { from, to } = pairOf(connection);
    return canConnect(currentGraph(), from, to, currentGraphs()).ok;
  }, []);

  const onConnectStart: OnConnectStart = useCallback((_event, { nodeId, handleId, handleType }) => {
    if (nodeId === null || handleType === null) return;
    const start = { nodeId, port: handleId ?? (handleType === 'source' ? 'out' : 'in') };
    const graph = currentGraph();
    const graphs = currentGraphs();
    const valid = Object.keys(graph.nodes).filter((id) => {
      const pair = pairWith(start, handleType, id);
      return id === nodeId || (pair !== null && canConnect(graph, pair.from, pair.to, graphs).ok);
    });
    useCanvasState.setState({ validTargets: new Set(valid) });
  }, []);

  const onConnect = useCallback((connection: Connection) => void dispatchHere(wire(pairOf(connection))), []);

  const onConnectEnd: OnConnectEnd = useCallback(
    (event, state) => {
      useCanvasState.setState({ validTargets: null });
      if (state.isValid === true || state.fromHandle === null || state.fromNode === null) return;
      const side = state.fromHandle.type;
      const start = { nodeId: state.fromNode.id, port: state.fromHandle.id ?? (side === 'source' ? 'out' : 'in') };
      const screen = pointOf(event);
      const under = document.elementFromPoint(screen.x, screen.y);
      // Letting go anywhere on a card means its port.
      const nodeId = state.toNode?.id ?? under?.closest('.react-flow__node')?.getAttribute('data-id') ?? null;
      if (nodeId === start.nodeId) return;
      if (nodeId !== null) {
        const pair = pairWith(start, side, nodeId);
        if (pair === null) return;
        const allowed = canConnect(currentGraph(), pair.from, pair.to, currentGraphs());
        if (allowed.ok) dispatchHere(wire(pair));
        else toastProblem(allowed.error);
        return;
      }
      if (under?.closest('.react-flow__pane') !== null || under?.closest('.react-flow__edge') !== null)
        openQuickAdd(screen, screenToFlowPosition(screen), { ...start, side });
    },
    [screenToFlowPosition],
  );

  const onReconnect = useCallback((edge: WireFlowEdge, connection: Connection) => {
    const pair = pairOf(connection);
    const unchanged =
      edge.source === pair.from.nodeId &&
      edge.target === pair.to.nodeId &&
      edge.sourceHandle === pair.from.port &&
      edge.targetHandle === pair.to.port;
    if (unchanged) return;
    dispatchHere(batch('Reconnect', { command: 'disconnect', args: { edgeId: edge.id } }, wire(pair)));
  }, []);

  return useMemo(
    () => ({ isValidConnection, onConnectStart, onConnect, onConnectEnd, onReconnect }),
    [isValidConnection, onConnectStart, onConnect, onConnectEnd, onReconnect],
  );
}
