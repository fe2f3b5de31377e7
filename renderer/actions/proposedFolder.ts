import { useDocument } from '../stores/documentStore.ts';
import { setLayout, useSettings } from '../stores/settingsStore.ts';
import { folderOf } from './filePaths.ts';

/** What a file dialog is for. Each has a folder of its own: where data lies says nothing of where designs go. */
export type FileKind = 'design' | 'data' | 'export';

const settingOf = (kind: FileKind) => `files.folder.${kind}`;

/** Where a dialog starts: saving a design beside itself, everything else where it was done last, or else beside the design. */
export function proposedFolder(kind: FileKind, mode: 'open' | 'save' | 'directory'): string | null {
  const { path } = useDocument.getState();
  const own = path === null ? null : folderOf(path);
  const kept = useSettings.getState().layout[settingOf(kind)];
  const last = typeof kept === 'string' && kept !== '' ? kept : null;
  return kind === 'design' && mode === 'save' ? (own ?? last) : (last ?? own);
}

/** Notes where something of a kind was chosen. */
export function rememberFolder(kind: FileKind, folder: string): void {
  setLayout(settingOf(kind), folder);
}
