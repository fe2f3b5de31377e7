import { CHOICES, type ChoiceId } from '../../core/host/index.ts';
import { host } from '../stores/host.ts';
import { useUi } from '../stores/uiStore.ts';
import { folderOf } from './filePaths.ts';
import { proposedFolder, rememberFolder } from './proposedFolder.ts';

/** What a dialog starts with. */
export interface Proposal {
  readonly name?: string;
  /** Unless told: where such things were chosen last, or where the design is. */
  readonly folder?: string;
}

export interface Chosen {
  readonly path: string;
  /** Whether the dialog has asked if a file of this very path may be replaced; otherwise that is still to be done when there is one. */
  readonly asked: boolean;
}

/**
 * Asks for a file or folder, with the system's dialog or with the host's own in a frame. What is chosen is given to this window by that:
 * the host takes no other path from it. Null when nothing was chosen.
 */
export async function chooseFile(what: ChoiceId, proposal: Proposal = {}): Promise<Chosen | null> {
  const { mode, title } = CHOICES[what];
  const { name = '', folder = proposedFolder(what) } = proposal;
  const { dialog, url } = await host().call('dialog.show', { what, name, folder });
  const cancel = () => void host().call('dialog.cancel', { dialog });
  if (url !== null) useUi.setState({ fileDialog: { title, url, cancel } });
  try {
    const { path, asked } = await host().call('dialog.answer', { dialog });
    if (path === null) return null;
    rememberFolder(what, mode === 'directory' ? path : folderOf(path));
    return { path, asked };
  } finally {
    if (url !== null) useUi.setState({ fileDialog: null });
  }
}
