import { loadAppInfo, useApp } from '../stores/appStore.ts';
import { host } from '../stores/host.ts';
import { useUi } from '../stores/uiStore.ts';

export interface FileChoice {
  readonly mode: 'open' | 'save' | 'directory';
  readonly title: string;
  readonly filters: readonly { readonly name: string; readonly extensions: readonly string[] }[];
  readonly defaultName?: string;
}

/** Asks for a file or folder: with the system's dialog where there is one, else with our own. Null when it was cancelled. */
export async function chooseFile(choice: FileChoice): Promise<string | null> {
  const filters = choice.filters.map((filter) => ({ name: filter.name, extensions: [...filter.extensions] }));
  // A quick hand may ask before the window knows what its host has.
  const { nativeDialogs } = useApp.getState().info ?? (await loadAppInfo());
  if (nativeDialogs) {
    const answer =
      choice.mode === 'save'
        ? await host().call('dialog.save', { title: choice.title, filters, defaultName: choice.defaultName ?? '' })
        : await host().call('dialog.open', { title: choice.title, filters, directory: choice.mode === 'directory' });
    return answer.path;
  }
  return new Promise((resolve) => {
    useUi.setState({
      fileDialog: {
        mode: choice.mode,
        title: choice.title,
        filters,
        defaultName: choice.defaultName ?? '',
        resolve: (path) => {
          useUi.setState({ fileDialog: null });
          resolve(path);
        },
      },
    });
  });
}
