import { CornerLeftUp, LogIn } from 'lucide-react';
import { currentGraph } from '../stores/documentStore.ts';
import { useSelection } from '../stores/selectionStore.ts';
import type { Action } from './action.ts';
import { definitionOf, enterBlock, insideBlock, leaveBlock } from './blocks.ts';
import { onCanvas } from './viewActions.ts';

/** The one node that is selected, if it is a use of a block. */
function selectedBlock(): string | null {
  const { nodeIds } = useSelection.getState();
  const [id] = nodeIds;
  return id !== undefined && nodeIds.length === 1 && definitionOf(currentGraph().nodes[id]) !== null ? id : null;
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
