import { toProblem } from '../../../core/errors.ts';
import { chooseFile } from '../../actions/fileChoice.ts';
import { useDocument } from '../../stores/documentStore.ts';
import { toastProblem } from '../../stores/uiStore.ts';
import { editData } from './editData.ts';

/** Asks for a folder of pictures, one folder a class, and makes it the document's data. */
export async function chooseImageFolder(): Promise<void> {
  try {
    const chosen = await chooseFile('data.pictures');
    if (chosen === null) return;
    const { source } = useDocument.getState().document.data;
    const kept = source.kind === 'imageFolder' ? source : ({ channels: 'colour', fit: 'stretch' } as const);
    editData({ source: { kind: 'imageFolder', path: chosen.path, channels: kept.channels, fit: kept.fit } });
  } catch (thrown) {
    toastProblem(toProblem(thrown));
  }
}
