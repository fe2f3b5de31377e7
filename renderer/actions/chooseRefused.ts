import { type FileQuestion, toProblem } from '../../core/errors.ts';
import type { JsonObject } from '../../core/json.ts';
import { reloadData } from '../stores/dataStore.ts';
import { dispatch, useDocument } from '../stores/documentStore.ts';
import { toastProblem } from '../stores/uiStore.ts';
import { chooseFile } from './fileChoice.ts';
import { joinPath } from './filePaths.ts';
import { openPath } from './files.ts';

/** Has the person choose a file that the host refused since nobody had; then does what it was wanted for. */
export async function chooseRefused({ what, name, folder }: FileQuestion): Promise<void> {
  try {
    const chosen = await chooseFile(what, { name, folder });
    if (chosen === null) return;
    const refused = name === '' ? folder : joinPath(folder, name);
    if (what === 'design.open') await openPath(chosen.path);
    else if (chosen.path === refused) await reloadData();
    else takeInstead(chosen.path);
  } catch (thrown) {
    toastProblem(toProblem(thrown));
  }
}

/** Another file than the design names: its columns are its own. */
function takeInstead(path: string): void {
  const { source } = useDocument.getState().document.data;
  if (source.kind !== 'csv' && source.kind !== 'imageFolder') return;
  const other = { ...source, path, ...(source.kind === 'csv' && { columns: {} }) };
  // The schema keeps settings plain JSON; its loose objects only hide that from the type.
  dispatch({ command: 'setData', args: { data: { source: other as unknown as JsonObject } } });
}
