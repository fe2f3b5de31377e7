import { loadAppInfo, useApp } from '../stores/appStore.ts';
import { host } from '../stores/host.ts';
import { useUi } from '../stores/uiStore.ts';
import { folderOf, withExtension } from './filePaths.ts';
import { type FileKind, proposedFolder, rememberFolder } from './proposedFolder.ts';

export interface FileChoice {
  readonly kind: FileKind;
  readonly mode: 'open' | 'save' | 'directory';
  readonly title: string;
  readonly filters: readonly { readonly name: string; readonly extensions: readonly string[] }[];
  readonly defaultName?: string;
}

/** Asks for a file or folder: with the system's dialog where there is one, else with our own. Null when it was cancelled. */
export async function chooseFile(choice: FileChoice): Promise<string | null> {
  const path = await ask(choice, await hasNativeDialogs());
  if (path !== null) rememberFolder(choice.kind, choice.mode === 'directory' ? path : folderOf(path));
  return path;
}

/**
 * Asks where to save. `asked`: the system's dialog has asked whether a file of this very path may be replaced; otherwise that is still
 * to be done when there is one.
 */
export async function chooseTarget(
  choice: Omit<FileChoice, 'mode'>,
  extension: string,
): Promise<{ readonly path: string; readonly asked: boolean } | null> {
  const chosen = await chooseFile({ ...choice, mode: 'save' });
  if (chosen === null) return null;
  const path = withExtension(chosen, extension);
  return { path, asked: path === chosen && (await hasNativeDialogs()) };
}

/** A quick hand may ask before the window knows what its host has. */
async function hasNativeDialogs(): Promise<boolean> {
  return (useApp.getState().info ?? (await loadAppInfo())).nativeDialogs;
}

async function ask(choice: FileChoice, native: boolean): Promise<string | null> {
  const { mode, title, defaultName = '' } = choice;
  const filters = choice.filters.map((filter) => ({ name: filter.name, extensions: [...filter.extensions] }));
  const folder = proposedFolder(choice.kind, mode);
  if (native) {
    const answer =
      mode === 'save'
        ? await host().call('dialog.save', { title, filters, defaultName, folder })
        : await host().call('dialog.open', { title, filters, directory: mode === 'directory', folder });
    return answer.path;
  }
  return new Promise((resolve) => {
    useUi.setState({
      fileDialog: {
        mode,
        title,
        filters,
        defaultName,
        folder,
        resolve: (path) => {
          useUi.setState({ fileDialog: null });
          resolve(path);
        },
      },
    });
  });
}
