import { Command } from 'cmdk';
import { Dialog } from 'radix-ui';
import type { ReactNode } from 'react';
import '../../ui/command.css';
import './commandOverlay.css';

export interface CommandOverlayProps {
  readonly open: boolean;
  readonly onClose: () => void;
  /** Accessible name, and the hint in the box. */
  readonly label: string;
  readonly empty: string;
  readonly children: ReactNode;
}

/** A box to type in over a list that narrows. */
export function CommandOverlay({ open, onClose, label, empty, children }: CommandOverlayProps) {
  return (
    <Dialog.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="dialog-overlay" />
        <Dialog.Content className="command-overlay" aria-describedby={undefined}>
          <Dialog.Title className="visually-hidden">{label}</Dialog.Title>
          <Command label={label} loop>
            <Command.Input className="command-input" placeholder={label} />
            <Command.List className="command-list">
              <Command.Empty className="command-empty">{empty}</Command.Empty>
              {children}
            </Command.List>
          </Command>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
