import { X } from 'lucide-react';
import { Dialog as RadixDialog } from 'radix-ui';
import type { ReactNode } from 'react';
import { IconButton } from './Button.tsx';
import './dialog.css';

export interface DialogProps {
  readonly open: boolean;
  readonly onClose: () => void;
  /** Hears Escape first; true when it has done something else with it than close the dialog. */
  readonly onEscape?: () => boolean;
  readonly title: string;
  readonly description?: ReactNode;
  readonly children?: ReactNode;
  /** Buttons, right-aligned; the primary one last. */
  readonly footer?: ReactNode;
  /** In pixels at the usual size of text; 480 unless told. */
  readonly width?: number;
}

/** A window over the app. Escape and a click outside close it. */
export function Dialog({ open, onClose, onEscape, title, description, children, footer, width = 480 }: DialogProps) {
  return (
    <RadixDialog.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <RadixDialog.Portal>
        <RadixDialog.Overlay className="dialog-overlay" />
        <RadixDialog.Content
          className="dialog"
          style={{ width: `${width / 16}rem` }}
          onOpenAutoFocus={(event) => {
            // The first control is the close button; what one came for is marked, or it is the dialog as a whole.
            event.preventDefault();
            if (!(event.currentTarget instanceof HTMLElement)) return;
            const wanted = event.currentTarget.querySelector<HTMLElement>('[data-autofocus]');
            (wanted ?? event.currentTarget).focus();
          }}
          onEscapeKeyDown={(event) => {
            if (onEscape?.() === true) event.preventDefault();
          }}
          {...(description === undefined ? { 'aria-describedby': undefined } : {})}
        >
          {/* No header and footer: at the end of the page they would be the whole page's. */}
          <div className="dialog-head">
            <RadixDialog.Title className="dialog-title">{title}</RadixDialog.Title>
            <RadixDialog.Close asChild>
              <IconButton label="Close" icon={<X aria-hidden />} />
            </RadixDialog.Close>
          </div>
          {description !== undefined && (
            <RadixDialog.Description className="dialog-description">{description}</RadixDialog.Description>
          )}
          {children}
          {footer !== undefined && <div className="dialog-foot">{footer}</div>}
        </RadixDialog.Content>
      </RadixDialog.Portal>
    </RadixDialog.Root>
  );
}
