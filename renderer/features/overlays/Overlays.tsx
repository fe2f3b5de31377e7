import { CommandPalette } from './CommandPalette.tsx';
import { ConfirmDialog } from './ConfirmDialog.tsx';
import { ConflictDialog } from './ConflictDialog.tsx';
import { FramedFileDialog } from './FramedFileDialog.tsx';
import { KeyboardHelp } from './KeyboardHelp.tsx';
import { NodeFinder } from './NodeFinder.tsx';
import { Toasts } from './Toasts.tsx';

/** Everything that floats above the window, whatever is on screen. */
export function Overlays() {
  return (
    <>
      <CommandPalette />
      <NodeFinder />
      <KeyboardHelp />
      <FramedFileDialog />
      <ConflictDialog />
      <ConfirmDialog />
      <Toasts />
    </>
  );
}
