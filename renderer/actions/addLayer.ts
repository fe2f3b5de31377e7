import { findLayer } from '../../core/catalogue/index.ts';
import { firstInput, firstOutput } from '../../core/graph/index.ts';
import type { JsonObject } from '../../core/json.ts';
import { useAnalysis } from '../stores/analysisStore.ts';
import { canvasView, type Point } from '../stores/canvasStore.ts';
import { useData } from '../stores/dataStore.ts';
import { currentGraph, dispatch } from '../stores/documentStore.ts';
import { select, useSelection } from '../stores/selectionStore.ts';
import { type QuickAdd, useUi } from '../stores/uiStore.ts';
import { nodeSize } from '../ui/nodeSize.ts';
import { outputParams } from './outputParams.ts';

const GAP = 40;

/**
 * What a new layer of this type had better start with, beyond its defaults: an Input takes the shape of the data, an Output the target
 * and the loss that suits it.
 * @param behindId the layer it is put behind, if it is known
 */
function startingParams(type: string, behindId?: string): JsonObject {
  const fields = useData.getState().description?.summary.fields ?? [];
  if (type === 'Output') {
    const arrives = behindId === undefined ? undefined : useAnalysis.getState().analysis.nodes.get(behindId);
    return outputParams(fields, currentGraph(), arrives?.outputShape?.at(-1) ?? null);
  }
  const input = type === 'Input' ? fields.find((field) => field.role === 'input') : undefined;
  return input === undefined ? {} : { shape: [...input.shape] };
}

/** Puts a layer at a place on the canvas (its centre), unconnected, and selects it. */
export function addAt(type: string, centre: Point): string | null {
  const size = nodeSize(type);
  const position = { x: Math.round(centre.x - size.width / 2), y: Math.round(centre.y - size.height / 2) };
  const added = dispatch({ command: 'addNode', args: { type, position, params: startingParams(type) } });
  return added.ok ? selectNode(added.value.created) : null;
}

/** Puts a layer on a wire and selects it. */
export function insertOnWire(type: string, edgeId: string): string | null {
  const added = dispatch({ command: 'insertOnEdge', args: { edgeId, type, params: startingParams(type) } });
  return added.ok ? selectNode(added.value.created) : null;
}

/** Adds a layer behind the selected one, connected to it; with nothing selected, at the middle of the view. */
export function append(type: string): string | null {
  const graph = currentGraph();
  const { nodeIds } = useSelection.getState();
  const lastId = nodeIds.at(-1);
  const last = lastId === undefined ? undefined : graph.nodes[lastId];
  const takesInput = (findLayer(type)?.inputs.length ?? 1) > 0;
  if (last === undefined || !takesInput || firstOutput(last) === null) return addAt(type, freeSpot());
  const added = dispatch({
    command: 'insertAfter',
    args: { nodeId: last.id, type, params: startingParams(type, last.id) },
  });
  return added.ok ? selectNode(added.value.created) : null;
}

/** Adds a layer at a place and wires it to the port a wire was dragged from. One undo takes both back. */
export function addConnected(
  type: string,
  centre: Point,
  from: { readonly nodeId: string; readonly port: string; readonly side: 'source' | 'target' },
): string | null {
  const gesture = `add-connected-${crypto.randomUUID()}`;
  const size = nodeSize(type);
  const left = from.side === 'source' ? centre.x : centre.x - size.width;
  const position = { x: Math.round(left), y: Math.round(centre.y - size.height / 2) };
  const behindId = from.side === 'source' ? from.nodeId : undefined;
  const params = startingParams(type, behindId);
  const added = dispatch({ command: 'addNode', args: { type, position, params } }, gesture);
  if (!added.ok) return null;
  const made = selectNode(added.value.created);
  const node = made === null ? undefined : currentGraph().nodes[made];
  if (node === undefined) return null;
  const port = from.side === 'source' ? firstInput(node)?.name : firstOutput(node)?.name;
  if (port !== undefined)
    dispatch(
      {
        command: 'connect',
        args:
          from.side === 'source'
            ? { source: from.nodeId, sourcePort: from.port, target: node.id, targetPort: port }
            : { source: node.id, sourcePort: port, target: from.nodeId, targetPort: from.port },
      },
      gesture,
    );
  return node.id;
}

/** Right of everything, so that a layer added without a place covers nothing; the view's middle on an empty canvas. */
function freeSpot(): Point {
  const nodes = Object.values(currentGraph().nodes);
  if (nodes.length === 0) {
    const view = canvasView();
    const box = document.querySelector('.canvas')?.getBoundingClientRect();
    if (view === null || box === undefined) return { x: 0, y: 0 };
    return view.toCanvas({ x: box.left + box.width * 0.25, y: box.top + box.height / 2 });
  }
  const last = nodes.reduce((a, b) => (b.position.x > a.position.x ? b : a));
  const size = nodeSize(last.type);
  return { x: last.position.x + size.width + GAP + nodeSize('Dense').width / 2, y: last.position.y + size.height / 2 };
}

function selectNode(created: readonly string[]): string | null {
  const graph = currentGraph();
  const nodeId = created.find((id) => graph.nodes[id] !== undefined) ?? null;
  if (nodeId !== null) {
    select([nodeId]);
    requestAnimationFrame(() => canvasView()?.reveal(nodeId));
  }
  return nodeId;
}

/** Opens the layer menu at the pointer. */
export function quickAddAtCursor(): void {
  const cursor = canvasView()?.cursor();
  if (cursor !== undefined) openQuickAdd(cursor.screen, cursor.position);
}

export function openQuickAdd(screen: Point, position: Point, from: QuickAdd['from'] = null): void {
  useUi.setState({ quickAdd: { screen, position, from } });
}
