import { CHOICES, type ChoiceId } from '../../core/host/index.ts';
import { useDocument } from '../stores/documentStore.ts';
import { setLayout, useSettings } from '../stores/settingsStore.ts';
import { folderOf } from './filePaths.ts';

/** Each has a folder of its own: where data lies says nothing of where designs go. */
const KINDS = { design: 'design', table: 'data', pictures: 'data', export: 'export' } as const;

const settingOf = (what: ChoiceId) => `files.folder.${KINDS[CHOICES[what].purpose]}`;

/** Where a dialog starts: saving a design beside itself, everything else where it was done last, or else beside the design. */
export function proposedFolder(what: ChoiceId): string | null {
  const { path } = useDocument.getState();
  const own = path === null ? null : folderOf(path);
  const kept = useSettings.getState().layout[settingOf(what)];
  const last = typeof kept === 'string' && kept !== '' ? kept : null;
  return what === 'design.save' ? (own ?? last) : (last ?? own);
}

/** Notes where something was chosen. */
export function rememberFolder(what: ChoiceId, folder: string): void {
  setLayout(settingOf(what), folder);
}
