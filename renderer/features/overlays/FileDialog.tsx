import { useUi } from '../../stores/uiStore.ts';
import { FileBrowser } from './FileBrowser.tsx';

/** The app's own file dialog, for hosts without the system's. */
export function FileDialog() {
  const request = useUi((state) => state.fileDialog);
  return request === null ? null : <FileBrowser key={request.title} request={request} />;
}
