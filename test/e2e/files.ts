import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { expect, type Locator, type Page } from '@playwright/test';
import type { App } from './fixtures.ts';

/** The file dialog of a host without the system's: a page of its own, in a frame over the window. */
export function fileDialog(page: Page): Locator {
  return page.locator('dialog.framed-dialog').frameLocator('iframe').getByRole('dialog');
}

/**
 * Waits until a press in the file dialog counts: half a second after a frame of another origin has come, so that nobody presses what came up
 * under the pointer (Chromium's DiscardInputEventsToRecentlyMovedFrames).
 */
export async function untilPressable(page: Page): Promise<void> {
  await expect(fileDialog(page)).toBeVisible();
  await page.waitForTimeout(700);
}

/** Does what opens a file dialog, and answers it with a path: the system's dialog where the host has one, else the host's own. */
export async function choosePath(page: Page, app: App, path: string, open: () => Promise<unknown>): Promise<void> {
  if (app.nativeDialogs) {
    app.answerDialog(path);
    await open();
    return;
  }
  await open();
  const dialog = fileDialog(page);
  const name = dialog.getByRole('textbox', { name: 'File name' });
  const choose = dialog.getByRole('button', { name: 'Choose this folder' });
  await expect(name.or(choose)).toBeVisible();
  if (await name.isVisible()) {
    await name.fill(path);
    await name.press('Enter');
  } else {
    const folder = dialog.getByRole('textbox', { name: 'Folder' });
    await folder.fill(path);
    await folder.press('Enter');
    await expect(folder).toHaveValue(path);
    await untilPressable(page);
    await choose.click();
  }
  // Another dialog may follow: whether to replace what is there.
  await expect(name.or(choose)).toBeHidden();
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
