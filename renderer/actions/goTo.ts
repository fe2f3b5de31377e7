import type { HistoryEntry } from '../../core/commands/index.ts';
import type { Problem } from '../../core/errors.ts';
import { graphOf, type Place } from '../../core/graph/index.ts';
import { useAnalysis } from '../stores/analysisStore.ts';
import { onceDrawn } from '../stores/canvasStore.ts';
import { currentPlace, redoOnce, undoOnce, useDocument } from '../stores/documentStore.ts';
import { mainPlace, nearestPlace } from '../stores/place.ts';
import { showGraph } from '../stores/shownGraph.ts';
import { goToRoom } from '../stores/uiStore.ts';

/** Layers or wires, wherever in the design they are. */
export interface Target {
  /** Id of the graph they are in; the main graph where none is named. */
  readonly graph?: string | undefined;
  readonly nodeIds?: readonly string[];
  readonly edgeIds?: readonly string[];
  /** Where they stand in the network; the place nearest to the one on screen where none is named. */
  readonly place?: Place | undefined;
  /** Whether the keyboard goes there too, as it does where a list of layers was asked for one. */
  readonly focus?: boolean;
}

/** Goes to the Design room and shows layers or wires in the graph they are in, selected and in the middle of the view. */
export function goTo(target: Target): void {
  goToRoom('design');
  show(target);
}

function show({ graph, nodeIds = [], edgeIds = [], place, focus = false }: Target): void {
  const { document } = useDocument.getState();
  const { id } = graphOf(document, graph);
  const there = place ?? nearestPlace(document, useAnalysis.getState().analysis.places, id, currentPlace());
  showGraph(there, nodeIds, edgeIds);
  onceDrawn(id, (view) => {
    const [first] = nodeIds;
    if (first !== undefined && nodeIds.length === 1) view.centreOn(first);
    else if (first !== undefined) view.fit(nodeIds);
    if (focus && first !== undefined) view.focusNode(first);
  });
}

/** Where the layer or wire stands that a problem is about. */
function placeOf({ graph, path, nodeId, edgeId }: Problem): Place | undefined {
  const { document } = useDocument.getState();
  if (graph === undefined) return mainPlace(document);
  const inside = path?.slice(0, path.length - (nodeId ?? edgeId ?? '').length);
  return inside === undefined ? undefined : useAnalysis.getState().analysis.places.get(inside);
}

/** Shows the layer or wire that a problem is about, inside of whatever block it stands in. */
export function goToProblem(problem: Problem): void {
  const { graph, nodeId, edgeId } = problem;
  if (nodeId === undefined && edgeId === undefined) return;
  goTo({
    graph,
    nodeIds: nodeId === undefined ? [] : [nodeId],
    edgeIds: nodeId === undefined && edgeId !== undefined ? [edgeId] : [],
    place: placeOf(problem),
  });
}

/** Takes back the last edit, and shows what that changed if it is in another graph. */
export function undoAndShow(): void {
  const entry = undoOnce();
  if (entry !== null) showChanged(entry.inverse);
}

/** Does again what was undone last, and shows what that changed if it is in another graph. */
export function redoAndShow(): void {
  const entry = redoOnce();
  if (entry !== null) showChanged(entry.patches);
}

/** Shows what differences changed where all of them are in other graphs than the one on screen. */
export function showChanged(patches: HistoryEntry['patches']): void {
  const { document, graphId } = useDocument.getState();
  const changed = new Map<string, Set<string>>();
  for (const { path } of patches) {
    const [part, graph, kind, node] = path.map(String);
    if (part !== 'graphs' || graph === undefined) continue;
    const nodes = changed.get(graph) ?? new Set();
    changed.set(graph, nodes);
    if (kind === 'nodes' && node !== undefined) nodes.add(node);
  }
  const [first] = [...changed].filter(([graph]) => document.graphs[graph] !== undefined);
  if (first === undefined || changed.has(graphId)) return;
  const [graph, nodes] = first;
  show({ graph, nodeIds: [...nodes].filter((id) => document.graphs[graph]?.nodes[id] !== undefined) });
}
