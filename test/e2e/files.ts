import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { sep } from 'node:path';
import { expect, type Page } from '@playwright/test';
import type { App } from './fixtures.ts';

/** Does what opens a file dialog, and answers it with a path: the system's dialog where the host has one, else the app's own. */
export async function choosePath(page: Page, app: App, path: string, open: () => Promise<unknown>): Promise<void> {
  if (app.nativeDialogs) {
    app.answerDialog(path);
    await open();
    return;
  }
  await open();
  const dialog = page.getByRole('dialog');
  const name = dialog.getByRole('textbox', { name: 'File name' });
  const choose = dialog.getByRole('button', { name: 'Choose this folder' });
  await expect(name.or(choose)).toBeVisible();
  if (await name.isVisible()) {
    await name.fill(path);
    await name.press('Enter');
  } else {
    await walkTo(page, path);
    await choose.click();
  }
  await expect(dialog).toBeHidden();
}

/** Goes to a folder step by step: up to what both have in common, then down. */
async function walkTo(page: Page, path: string): Promise<void> {
  const dialog = page.getByRole('dialog');
  const here = dialog.getByRole('status', { name: 'Folder' });
  for (;;) {
    const folder = (await here.textContent()) ?? '';
    if (folder === path) return;
    if (folder !== '' && path.startsWith(folder.endsWith(sep) ? folder : folder + sep)) {
      const [next = ''] = path.slice(folder.length).split(sep).filter(Boolean);
      await dialog.getByRole('button', { name: new RegExp(`^${next}`) }).click();
    } else await dialog.getByRole('button', { name: 'Folder above' }).click();
    await expect(here).not.toHaveText(folder);
  }
}

/** Saves the design under a new path with Ctrl+Shift+S. Returns what is in the file. */
export async function saveDesignAs(page: Page, app: App, path: string): Promise<string> {
  await choosePath(page, app, path, () => page.keyboard.press('ControlOrMeta+Shift+S'));
  // The file appears whole: it is written beside its place and then renamed.
  await expect.poll(() => existsSync(path), { message: `${path} is on disk` }).toBe(true);
  await expect(page.getByRole('contentinfo').getByText(/^Saved/)).toBeVisible();
  return readFile(path, 'utf8');
}

/** Opens a file with Ctrl+O. */
export async function openDesign(page: Page, app: App, path: string): Promise<void> {
  await choosePath(page, app, path, () => page.keyboard.press('ControlOrMeta+O'));
}
