import { toProblem } from '../../../core/errors.ts';
import { chooseFile } from '../../actions/fileChoice.ts';
import { useDocument } from '../../stores/documentStore.ts';
import { toastProblem } from '../../stores/uiStore.ts';
import { editData } from './editData.ts';

/** Asks for a CSV file and makes it the document's data. Columns start with the role and kind inferred from the file. */
export async function chooseCsvFile(): Promise<void> {
  try {
    const path = await chooseFile({
      kind: 'data',
      mode: 'open',
      title: 'Choose a table',
      filters: [{ name: 'Comma-separated values', extensions: ['csv', 'tsv', 'txt'] }],
    });
    if (path === null) return;
    const { source } = useDocument.getState().document.data;
    const missing = source.kind === 'csv' ? source.missing : 'dropRow';
    editData({ source: { kind: 'csv', path, columns: {}, missing } });
  } catch (thrown) {
    toastProblem(toProblem(thrown));
  }
}
