import { toProblem } from '../../../core/errors.ts';
import { chooseFile } from '../../actions/fileChoice.ts';
import { useDocument } from '../../stores/documentStore.ts';
import { toastProblem } from '../../stores/uiStore.ts';
import { editData } from './editData.ts';

/** Asks for a CSV file and makes it the document's data. Columns start with the role and kind inferred from the file. */
export async function chooseCsvFile(): Promise<void> {
  try {
    const chosen = await chooseFile('data.table');
    if (chosen === null) return;
    const { source } = useDocument.getState().document.data;
    const missing = source.kind === 'csv' ? source.missing : 'dropRow';
    editData({ source: { kind: 'csv', path: chosen.path, columns: {}, missing } });
  } catch (thrown) {
    toastProblem(toProblem(thrown));
  }
}
