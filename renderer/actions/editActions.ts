import {
  ArrowDown,
  ArrowLeft,
  ArrowLeftToLine,
  ArrowRight,
  ArrowRightToLine,
  ArrowUp,
  BoxSelect,
  Cable,
  ClipboardPaste,
  Copy,
  CopyPlus,
  CornerDownLeft,
  Plus,
  Redo2,
  Scissors,
  Spline,
  Trash2,
  Undo2,
  Waypoints,
  X,
} from 'lucide-react';
import { firstOutput, freeInput, incomingEdges, outgoingEdges, reachable } from '../../core/graph/index.ts';
import { canvasView } from '../stores/canvasStore.ts';
import { currentGraph, currentGraphs, dispatchHere, useDocument } from '../stores/documentStore.ts';
import { clearSelection, select, useSelection } from '../stores/selectionStore.ts';
import { useUi } from '../stores/uiStore.ts';
import type { Action } from './action.ts';
import { quickAddAtCursor } from './addLayer.ts';
import { copyToSystem, deleteSelection, pasteFromSystem } from './clipboard.ts';
import { redoAndShow, undoAndShow } from './goTo.ts';
import { onCanvas } from './viewActions.ts';
import { type Direction, neighbour, nextWire } from './walk.ts';

const inEditor = () => useUi.getState().screen === 'editor';
const someNodes = () => onCanvas() && useSelection.getState().nodeIds.length > 0;
const somethingSelected = () => someNodes() || (onCanvas() && useSelection.getState().edgeIds.length > 0);

function duplicate(): void {
  const done = dispatchHere({ command: 'duplicateItems', args: { nodeIds: useSelection.getState().nodeIds } });
  if (done.ok) select(done.value.created.filter((id) => currentGraph().nodes[id] !== undefined));
}

/** Wires the first selected layer to the second. */
function connectSelected(): void {
  const graph = currentGraph();
  const [first, second] = useSelection.getState().nodeIds.map((id) => graph.nodes[id]);
  if (first === undefined || second === undefined) return;
  dispatchHere({
    command: 'connect',
    args: {
      source: first.id,
      sourcePort: firstOutput(first, currentGraphs())?.name ?? 'out',
      target: second.id,
      targetPort: freeInput(graph, second, currentGraphs())?.name ?? 'in',
    },
  });
}

/** The layer to swap with the one behind it, so that the selected one moves; null where nothing leads on that way. */
function chainMove(way: 'back' | 'forward'): string | null {
  const { nodeIds } = useSelection.getState();
  const [id] = nodeIds;
  if (id === undefined || nodeIds.length > 1) return null;
  if (way === 'back') return incomingEdges(currentGraph(), id)[0]?.source ?? null;
  return outgoingEdges(currentGraph(), id).length > 0 ? id : null;
}

function selectReachable(direction: 'up' | 'down'): void {
  select([...reachable(currentGraph(), useSelection.getState().nodeIds, direction)]);
}

function walk(direction: Direction): void {
  const graph = currentGraph();
  const from = useSelection.getState().nodeIds.at(-1);
  const to = from === undefined ? (Object.keys(graph.nodes)[0] ?? null) : neighbour(graph, from, direction);
  if (to === null) return;
  select([to]);
  canvasView()?.reveal(to);
  canvasView()?.focusNode(to);
}

const ARROWS: readonly { readonly direction: Direction; readonly label: string; readonly icon: Action['icon'] }[] = [
  { direction: 'left', label: 'Go to the layer before', icon: ArrowLeft },
  { direction: 'right', label: 'Go to the layer behind', icon: ArrowRight },
  { direction: 'up', label: 'Go to the layer above', icon: ArrowUp },
  { direction: 'down', label: 'Go to the layer below', icon: ArrowDown },
];

export const EDIT_ACTIONS: readonly Action[] = [
  {
    id: 'undo',
    label: 'Undo',
    group: 'Edit',
    icon: Undo2,
    shortcuts: ['Mod+Z'],
    enabled: () => inEditor() && useDocument.getState().history.past.length > 0,
    perform: undoAndShow,
  },
  {
    id: 'redo',
    label: 'Redo',
    group: 'Edit',
    icon: Redo2,
    shortcuts: ['Mod+Shift+Z', 'Mod+Y'],
    enabled: () => inEditor() && useDocument.getState().history.future.length > 0,
    perform: redoAndShow,
  },
  {
    id: 'addLayer',
    label: 'Add a layer…',
    group: 'Edit',
    icon: Plus,
    shortcuts: ['Tab'],
    enabled: onCanvas,
    perform: quickAddAtCursor,
  },
  {
    id: 'connect',
    label: 'Connect the two selected layers',
    group: 'Edit',
    icon: Cable,
    shortcuts: ['C'],
    enabled: () => onCanvas() && useSelection.getState().nodeIds.length === 2,
    perform: connectSelected,
  },
  {
    id: 'connectTo',
    label: 'Connect the selected layer with…',
    group: 'Edit',
    icon: Spline,
    shortcuts: ['Shift+C'],
    enabled: () => onCanvas() && useSelection.getState().nodeIds.length === 1,
    perform: () => useUi.setState({ finder: 'connect' }),
  },
  {
    id: 'selectWire',
    label: 'Select the wires of the layer, one after the other',
    group: 'Edit',
    icon: Waypoints,
    shortcuts: ['W'],
    enabled: () => onCanvas() && nextWire(currentGraph(), useSelection.getState()) !== null,
    perform: () => {
      const edgeId = nextWire(currentGraph(), useSelection.getState());
      if (edgeId !== null) select([], [edgeId]);
    },
  },
  ...(['back', 'forward'] as const).map(
    (way): Action => ({
      id: `move.${way}`,
      label: `Move the layer one place ${way} in its chain`,
      group: 'Edit',
      icon: way === 'back' ? ArrowLeftToLine : ArrowRightToLine,
      shortcuts: [way === 'back' ? 'Alt+ArrowLeft' : 'Alt+ArrowRight'],
      enabled: () => onCanvas() && chainMove(way) !== null,
      perform: () => {
        const nodeId = chainMove(way);
        if (nodeId !== null) dispatchHere({ command: 'swapWithNext', args: { nodeId } });
      },
    }),
  ),
  {
    id: 'cut',
    label: 'Cut',
    group: 'Edit',
    icon: Scissors,
    shortcuts: ['Mod+X'],
    enabled: someNodes,
    perform: () => void copyToSystem().then(deleteSelection),
  },
  {
    id: 'copy',
    label: 'Copy',
    group: 'Edit',
    icon: Copy,
    shortcuts: ['Mod+C'],
    enabled: someNodes,
    perform: () => void copyToSystem(),
  },
  {
    id: 'paste',
    label: 'Paste',
    group: 'Edit',
    icon: ClipboardPaste,
    shortcuts: ['Mod+V'],
    enabled: onCanvas,
    perform: () => void pasteFromSystem(),
  },
  {
    id: 'duplicate',
    label: 'Duplicate',
    group: 'Edit',
    icon: CopyPlus,
    shortcuts: ['Mod+D'],
    enabled: someNodes,
    perform: duplicate,
  },
  {
    id: 'delete',
    label: 'Delete',
    group: 'Edit',
    icon: Trash2,
    shortcuts: ['Delete', 'Backspace'],
    enabled: somethingSelected,
    perform: deleteSelection,
  },
  {
    id: 'selectAll',
    label: 'Select all',
    group: 'Edit',
    icon: BoxSelect,
    shortcuts: ['Mod+A'],
    enabled: onCanvas,
    perform: () => {
      const graph = currentGraph();
      select(Object.keys(graph.nodes), Object.keys(graph.edges));
    },
  },
  {
    id: 'selectUpstream',
    label: 'Select everything before',
    group: 'Edit',
    icon: ArrowLeft,
    shortcuts: ['Shift+ArrowLeft'],
    enabled: someNodes,
    perform: () => selectReachable('up'),
  },
  {
    id: 'selectDownstream',
    label: 'Select everything behind',
    group: 'Edit',
    icon: ArrowRight,
    shortcuts: ['Shift+ArrowRight'],
    enabled: someNodes,
    perform: () => selectReachable('down'),
  },
  ...ARROWS.map(
    ({ direction, label, icon }): Action => ({
      id: `walk.${direction}`,
      label,
      group: 'Edit',
      icon,
      shortcuts: [`Arrow${direction.charAt(0).toUpperCase()}${direction.slice(1)}`],
      enabled: onCanvas,
      perform: () => walk(direction),
    }),
  ),
  {
    id: 'focusInspector',
    label: 'Edit the selected layer',
    group: 'Edit',
    icon: CornerDownLeft,
    // A block's own Enter leads into it.
    shortcuts: ['Enter', 'Shift+Enter'],
    enabled: someNodes,
    perform: () => document.querySelector<HTMLElement>('.inspector input, .inspector button')?.focus(),
  },
  {
    id: 'clearSelection',
    label: 'Select nothing',
    group: 'Edit',
    icon: X,
    shortcuts: ['Escape'],
    enabled: somethingSelected,
    perform: clearSelection,
  },
];
