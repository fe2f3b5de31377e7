import type { EdgeSelectionChange, NodeSelectionChange } from '@xyflow/react';
import { select, useSelection } from '../../stores/selectionStore.ts';

/** Brings React Flow's selection changes (clicks, marquee) into the store, keeping the order in which things were selected. */
export function applySelectChanges(
  kind: 'node' | 'edge',
  changes: readonly (NodeSelectionChange | EdgeSelectionChange)[],
): void {
  if (changes.length === 0) return;
  const { nodeIds, edgeIds } = useSelection.getState();
  const now = kind === 'node' ? nodeIds : edgeIds;
  const off = new Set(changes.filter((change) => !change.selected).map((change) => change.id));
  const on = changes.filter((change) => change.selected && !now.includes(change.id)).map((change) => change.id);
  const next = [...now.filter((id) => !off.has(id)), ...on];
  select(kind === 'node' ? next : nodeIds, kind === 'edge' ? next : edgeIds);
}
