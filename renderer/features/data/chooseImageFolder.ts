import { toProblem } from '../../../core/errors.ts';
import { chooseFile } from '../../actions/fileChoice.ts';
import { useDocument } from '../../stores/documentStore.ts';
import { toastProblem } from '../../stores/uiStore.ts';
import { editData } from './editData.ts';

/** Asks for a folder of pictures, one folder a class, and makes it the document's data. */
export async function chooseImageFolder(): Promise<void> {
  try {
    const path = await chooseFile({
      kind: 'data',
      mode: 'directory',
      title: 'Choose a folder with a folder of pictures for each class',
      filters: [],
    });
    if (path === null) return;
    const { source } = useDocument.getState().document.data;
    const kept = source.kind === 'imageFolder' ? source : ({ channels: 'colour', fit: 'stretch' } as const);
    editData({ source: { kind: 'imageFolder', path, channels: kept.channels, fit: kept.fit } });
  } catch (thrown) {
    toastProblem(toProblem(thrown));
  }
}
