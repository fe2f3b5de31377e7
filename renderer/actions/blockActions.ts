import {
  BetweenHorizontalEnd,
  BetweenHorizontalStart,
  CopyCheck,
  CopyMinus,
  CopyPlus,
  CornerLeftUp,
  CornerRightDown,
  CornerUpRight,
  Eraser,
  Group,
  LogIn,
  Ungroup,
} from 'lucide-react';
import { BLOCK_INPUT, BLOCK_OUTPUT, readBlockUse } from '../../core/document/index.ts';
import { batch, edit, type SingleEdit } from '../../core/edits.ts';
import { residualEdit } from '../../core/graph/index.ts';
import { shapeLeaving } from '../stores/analysisStore.ts';
import { onceDrawn } from '../stores/canvasStore.ts';
import { currentGraph, currentGraphs, dispatch, dispatchHere, useDocument } from '../stores/documentStore.ts';
import { select, useSelection } from '../stores/selectionStore.ts';
import { toast } from '../stores/uiStore.ts';
import type { Action } from './action.ts';
import { findAddable } from './addables.ts';
import { append } from './addLayer.ts';
import { definitionOf, enterBlock, insideBlock, leaveBlock, unusedBlocks } from './blocks.ts';
import { onCanvas } from './viewActions.ts';

/** As many as one edit takes. */
const MOST_AT_ONCE = 100;

/** The one node that is selected, if it is a use of a block. */
function selectedBlock(): string | null {
  const { nodeIds } = useSelection.getState();
  const [id] = nodeIds;
  return id !== undefined && nodeIds.length === 1 && definitionOf(currentGraph().nodes[id]) !== null ? id : null;
}

/** How often the selected block stands in series with one more or one less; null where that cannot be, or a formula says how often. */
function repeatsAfter(step: 1 | -1): number | null {
  const nodeId = selectedBlock();
  const read = nodeId === null ? null : readBlockUse(currentGraph().nodes[nodeId]?.params ?? {});
  if (read === null || !('use' in read) || read.use.repeatFormula !== undefined) return null;
  return read.use.repeat + step < 1 ? null : read.use.repeat + step;
}

/** The Add that alone is selected. */
function selectedAdd(): string | null {
  const { nodeIds } = useSelection.getState();
  const [id] = nodeIds;
  return id !== undefined && nodeIds.length === 1 && currentGraph().nodes[id]?.type === 'Add' ? id : null;
}

/** Does an edit and selects what it made in the graph on screen, with the keyboard on it where it is one card. */
function doAndSelect(call: SingleEdit): void {
  const done = dispatchHere(call);
  if (!done.ok) return;
  const { id, nodes } = currentGraph();
  const made = done.value.created.filter((node) => nodes[node] !== undefined);
  select(made);
  const [first] = made;
  if (first !== undefined && made.length === 1)
    onceDrawn(id, (view) => {
      view.reveal(first);
      view.focusNode(first);
    });
}

function addPort(type: string): void {
  const what = findAddable(type);
  if (what === null) return;
  select([]);
  append(what);
}

/** Asked before those that a layer's own keys mean: Enter leads into a block. */
export const BLOCK_ACTIONS: readonly Action[] = [
  {
    id: 'enterBlock',
    label: 'Enter the block',
    group: 'Edit',
    icon: LogIn,
    shortcuts: ['Enter'],
    enabled: () => onCanvas() && selectedBlock() !== null,
    perform: () => {
      const nodeId = selectedBlock();
      if (nodeId !== null) enterBlock(nodeId);
    },
  },
  {
    id: 'groupIntoBlock',
    label: 'Group into a block',
    group: 'Edit',
    icon: Group,
    shortcuts: ['Mod+G'],
    enabled: () => onCanvas() && useSelection.getState().nodeIds.length > 0,
    perform: () => doAndSelect(edit('groupIntoBlock', { nodeIds: useSelection.getState().nodeIds })),
  },
  {
    id: 'expandBlock',
    label: 'Expand the block',
    group: 'Edit',
    icon: Ungroup,
    shortcuts: ['Mod+Shift+G'],
    enabled: () => onCanvas() && selectedBlock() !== null,
    perform: () => {
      const nodeId = selectedBlock();
      if (nodeId !== null) doAndSelect(edit('expandBlock', { nodeId }));
    },
  },
  ...([1, -1] as const).map(
    (step): Action => ({
      id: step > 0 ? 'repeatMore' : 'repeatLess',
      label: step > 0 ? 'Repeat the block once more' : 'Repeat the block once less',
      group: 'Edit',
      icon: step > 0 ? CopyPlus : CopyMinus,
      shortcuts: [step > 0 ? ']' : '['],
      enabled: () => onCanvas() && repeatsAfter(step) !== null,
      perform: () => {
        const nodeId = selectedBlock();
        const value = repeatsAfter(step);
        if (nodeId !== null && value !== null) dispatchHere(edit('setParam', { nodeId, param: 'repeat', value }));
      },
    }),
  ),
  {
    id: 'makeUnique',
    label: 'Make the block unique',
    group: 'Edit',
    icon: CopyCheck,
    shortcuts: [],
    enabled: () => onCanvas() && selectedBlock() !== null,
    perform: () => {
      const nodeId = selectedBlock();
      if (nodeId !== null) doAndSelect(edit('makeUnique', { nodeId }));
    },
  },
  {
    id: 'wrapResidual',
    label: 'Wrap as residual',
    group: 'Edit',
    icon: CornerUpRight,
    shortcuts: ['Shift+R'],
    enabled: () => onCanvas() && useSelection.getState().nodeIds.length > 0,
    perform: () => {
      const { nodeIds } = useSelection.getState();
      const wrapped = residualEdit(currentGraph(), nodeIds, currentGraphs(), ({ nodeId, port }) =>
        shapeLeaving(nodeId, port),
      );
      if (wrapped.ok) doAndSelect(wrapped.value);
      else toast({ title: wrapped.error.title, message: wrapped.error.message });
    },
  },
  {
    id: 'unwrapResidual',
    label: 'Take the shortcut away',
    group: 'Edit',
    icon: CornerRightDown,
    shortcuts: [],
    enabled: () => onCanvas() && selectedAdd() !== null,
    perform: () => {
      const nodeId = selectedAdd();
      if (nodeId !== null) doAndSelect(edit('unwrapResidual', { nodeId }));
    },
  },
  {
    id: 'deleteUnusedBlocks',
    label: 'Delete the blocks that nothing uses',
    group: 'Edit',
    icon: Eraser,
    shortcuts: [],
    enabled: () => onCanvas() && unusedBlocks(useDocument.getState().document).length > 0,
    perform: () => {
      const unused = unusedBlocks(useDocument.getState().document).slice(0, MOST_AT_ONCE);
      dispatch(
        batch(
          unused.length === 1 ? 'Delete an unused block' : `Delete ${unused.length} unused blocks`,
          ...unused.map((graph) => edit('deleteBlock', { graph })),
        ),
      );
    },
  },
  {
    id: 'addPortIn',
    label: 'Add an input to the block',
    group: 'Edit',
    icon: BetweenHorizontalStart,
    shortcuts: [],
    enabled: () => onCanvas() && insideBlock(),
    perform: () => addPort(BLOCK_INPUT),
  },
  {
    id: 'addPortOut',
    label: 'Add an output to the block',
    group: 'Edit',
    icon: BetweenHorizontalEnd,
    shortcuts: [],
    enabled: () => onCanvas() && insideBlock(),
    perform: () => addPort(BLOCK_OUTPUT),
  },
];

/** Asked last: Escape drops a selection first. */
export const LEAVE_BLOCK: Action = {
  id: 'leaveBlock',
  label: 'Leave the block',
  group: 'Edit',
  icon: CornerLeftUp,
  shortcuts: ['Escape', 'Alt+ArrowUp'],
  enabled: () => onCanvas() && insideBlock(),
  perform: () => leaveBlock(),
};
