import { LogIn, Pencil, Trash2 } from 'lucide-react';
import { ContextMenu } from 'radix-ui';
import { type ReactNode, useState } from 'react';
import { edit } from '../../../core/edits.ts';
import { unusedBlocks } from '../../actions/blocks.ts';
import { goTo } from '../../actions/goTo.ts';
import { dispatch, useDocument } from '../../stores/documentStore.ts';
import { OverlayRegion } from '../../ui/index.ts';
import '../../ui/menu.css';
import { RenameBlockDialog } from './RenameBlockDialog.tsx';

/** Right click on a block of the design: what can be done with its definition. */
export function DesignBlockMenu({ graph, children }: { readonly graph: string; readonly children: ReactNode }) {
  const [renaming, setRenaming] = useState(false);
  return (
    <>
      <ContextMenu.Root>
        <ContextMenu.Trigger asChild>
          <div>{children}</div>
        </ContextMenu.Trigger>
        <ContextMenu.Portal>
          <OverlayRegion label="What can be done with the block">
            <ContextMenu.Content className="menu" collisionPadding={8}>
              <Item icon={<LogIn aria-hidden />} label="Look inside" onSelect={() => goTo({ graph })} />
              <Item icon={<Pencil aria-hidden />} label="Rename…" onSelect={() => setRenaming(true)} />
              <ContextMenu.Separator className="menu-line" />
              <DeleteItem graph={graph} />
            </ContextMenu.Content>
          </OverlayRegion>
        </ContextMenu.Portal>
      </ContextMenu.Root>
      {renaming && <RenameBlockDialog graph={graph} onClose={() => setRenaming(false)} />}
    </>
  );
}

function DeleteItem({ graph }: { readonly graph: string }) {
  const unused = useDocument(({ document }) => unusedBlocks(document).includes(graph));
  return (
    <Item
      icon={<Trash2 aria-hidden />}
      label={unused ? 'Delete' : 'Delete (it is in use)'}
      danger
      disabled={!unused}
      onSelect={() => dispatch(edit('deleteBlock', { graph }))}
    />
  );
}

interface ItemProps {
  readonly icon: ReactNode;
  readonly label: string;
  readonly danger?: boolean;
  readonly disabled?: boolean;
  readonly onSelect: () => void;
}

function Item({ icon, label, danger = false, disabled = false, onSelect }: ItemProps) {
  return (
    <ContextMenu.Item
      className={danger ? 'menu-item menu-danger' : 'menu-item'}
      disabled={disabled}
      onSelect={() => onSelect()}
    >
      <span className="menu-icon">{icon}</span>
      <span className="menu-label">{label}</span>
    </ContextMenu.Item>
  );
}
