import { edit } from '../../../core/edits.ts';
import { dispatch, useDocument } from '../../stores/documentStore.ts';
import { RenameDialog } from '../../ui/index.ts';

export function RenameBlockDialog({ graph, onClose }: { readonly graph: string; readonly onClose: () => void }) {
  const name = useDocument(({ document }) => document.graphs[graph]?.name ?? graph);
  return (
    <RenameDialog
      title="Rename the block"
      label="Name of the block"
      name={name}
      onRename={(wanted) => dispatch(edit('setBlock', { graph, name: wanted })).ok}
      onClose={onClose}
    />
  );
}
