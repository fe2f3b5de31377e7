import { nextId } from '../../core/commands/index.ts';
import { batch, type Edit, edit, type SingleEdit } from '../../core/edits.ts';
import { firstOutput } from '../../core/graph/index.ts';
import type { JsonObject } from '../../core/json.ts';
import { findLoss } from '../../core/training/index.ts';
import { nodeOnScreen, useAnalysis } from '../stores/analysisStore.ts';
import { canvasView, type Point } from '../stores/canvasStore.ts';
import { useData } from '../stores/dataStore.ts';
import { currentGraph, currentGraphs, dispatchHere } from '../stores/documentStore.ts';
import { select, useSelection } from '../stores/selectionStore.ts';
import { type QuickAdd, toast, useUi } from '../stores/uiStore.ts';
import { nodeSize } from '../ui/nodeSize.ts';
import { type Addable, portsOfAddable } from './addables.ts';
import { outputParams } from './outputParams.ts';

const GAP = 40;

/** The port that a wire was dragged from. */
type Origin = NonNullable<QuickAdd['from']>;

/**
 * What a new layer of this type had better start with, beyond its defaults: an Input takes the shape of the data, an Output the target
 * and the loss that suits it.
 * @param behindId the layer it is put behind, if it is known
 */
function startingParams(type: string, behindId?: string): JsonObject {
  const fields = useData.getState().description?.summary.fields ?? [];
  if (type === 'Output') {
    const arrives = behindId === undefined ? undefined : nodeOnScreen(behindId);
    return outputParams(fields, currentGraph(), arrives?.outputShape?.at(-1) ?? null);
  }
  const input = type === 'Input' ? fields.find((field) => field.role === 'input') : undefined;
  return input === undefined ? {} : { shape: [...input.shape] };
}

/** The parameters that something starts with. */
function paramsOf({ type, params }: Addable, behindId?: string): JsonObject {
  return { ...startingParams(type, behindId), ...params };
}

/** What brings a block of the library along; null for what needs nothing but itself. */
function broughtBy({ library }: Addable) {
  if (library === undefined) return null;
  const { graphs, root } = library.create();
  return { definitions: graphs, root };
}

/** Puts something at a place on the canvas (its centre), unconnected, and selects it. */
export function addAt(what: Addable, centre: Point): string | null {
  const { type } = what;
  const size = nodeSize(type);
  const position = { x: Math.round(centre.x - size.width / 2), y: Math.round(centre.y - size.height / 2) };
  const brought = broughtBy(what);
  const added = dispatchHere(
    brought === null
      ? edit('addNode', { type, position, params: paramsOf(what) })
      : edit('addBlock', { ...brought, position }),
  );
  return added.ok ? selectNode(added.value.created) : null;
}

/** Puts something on a wire and selects it. */
export function insertOnWire(what: Addable, edgeId: string): string | null {
  const brought = broughtBy(what);
  const added = dispatchHere(
    brought === null
      ? edit('insertOnEdge', { edgeId, type: what.type, params: paramsOf(what) })
      : edit('addBlock', { ...brought, edgeId }),
  );
  return added.ok ? selectNode(added.value.created) : null;
}

/** Adds something behind the selected layer, connected to it; with nothing selected, at the middle of the view. */
export function append(what: Addable): string | null {
  const graph = currentGraph();
  const { nodeIds } = useSelection.getState();
  const lastId = nodeIds.at(-1);
  const last = lastId === undefined ? undefined : graph.nodes[lastId];
  const takesInput = portsOfAddable(what).inputs.length > 0;
  if (last === undefined || !takesInput || firstOutput(last, currentGraphs()) === null) return addAt(what, freeSpot());
  const gesture = `append-${crypto.randomUUID()}`;
  const brought = broughtBy(what);
  const nodeId = last.id;
  const added = dispatchHere(
    brought === null
      ? edit('insertAfter', { nodeId, type: what.type, params: paramsOf(what, nodeId) })
      : edit('addBlock', { ...brought, nodeId }),
    gesture,
  );
  if (!added.ok) return null;
  const made = selectNode(added.value.created);
  if (made !== null) giveWidth(made, gesture);
  return made;
}

/**
 * Behind layers that do not decide how many numbers leave them (a Flatten, an Add), a new Output gets the Dense layer that gives as many
 * as the data's target wants. Where a layer decides it, that is the person's: the mend is offered at it. Part of the same undo.
 */
function giveWidth(outputId: string, gesture: string): void {
  const graph = currentGraph();
  const output = graph.nodes[outputId];
  if (output?.type !== 'Output') return;
  const { problems } = useAnalysis.getState().analysis;
  const misfit = problems.find(({ code, facts }) => code === 'output-width' && facts?.output === outputId);
  const [fix] = misfit?.fixes ?? [];
  if (fix === undefined || !('edit' in fix) || fix.edit.command !== 'insertOnEdge') return;
  const { args } = fix.edit;
  // Right before the Output it gives what the loss reads; before a Softmax that is there already it does not.
  const last = graph.edges[args.edgeId]?.target === outputId;
  const activation = last ? findLoss(output.params.loss)?.activation : undefined;
  const params = { ...args.params, ...(activation && { activation }) };
  if (dispatchHere(edit('insertOnEdge', { ...args, params }), gesture).ok)
    toast({ title: 'A Dense layer before the Output', message: `${misfit?.message} One undo takes both back.` });
}

/** Adds something at a place and wires it to the port a wire was dragged from. One undo takes both back. */
export function addConnected(what: Addable, centre: Point, from: Origin): string | null {
  const { type } = what;
  const size = nodeSize(type);
  const left = from.side === 'source' ? centre.x : centre.x - size.width;
  const position = { x: Math.round(left), y: Math.round(centre.y - size.height / 2) };
  const gesture = `add-connected-${crypto.randomUUID()}`;
  const brought = broughtBy(what);
  if (brought !== null) return addBrought(what, edit('addBlock', { ...brought, position }), from, gesture);
  const params = paramsOf(what, from.side === 'source' ? from.nodeId : undefined);
  const id = nextId(currentGraph().nodes, 'n');
  const added = edit('addNode', { type, position, params, id });
  const wire = wireTo(what, id, from);
  const done = dispatchHere(wire === null ? added : batch(`Add ${what.title}`, added, wire), gesture);
  if (!done.ok) return null;
  giveWidth(id, gesture);
  return selectNode(done.value.created);
}

/** A block of the library has its ports once its definition is in the document: the wire follows as part of the same entry. */
function addBrought(what: Addable, added: Edit<'addBlock'>, from: Origin, gesture: string): string | null {
  const done = dispatchHere(added, gesture);
  if (!done.ok) return null;
  const id = done.value.created.find((one) => currentGraph().nodes[one] !== undefined);
  const wire = id === undefined ? null : wireTo(what, id, from);
  if (wire !== null) dispatchHere(wire, gesture);
  return selectNode(done.value.created);
}

/** The wire between a port and the first fitting port of something to come; null where that has none on this side. */
function wireTo(what: Addable, id: string, from: Origin): SingleEdit | null {
  const { inputs, outputs } = portsOfAddable(what);
  const port = (from.side === 'source' ? inputs : outputs)[0];
  if (port === undefined) return null;
  const ends =
    from.side === 'source'
      ? { source: from.nodeId, sourcePort: from.port, target: id, targetPort: port.name }
      : { source: id, sourcePort: port.name, target: from.nodeId, targetPort: from.port };
  return edit('connect', ends);
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
