import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { serialiseDocument } from '../../core/document/index.ts';
import { TEMPLATES } from '../../core/templates/index.ts';
import { choosePath, fileDialog, openDesign, untilPressable } from './files.ts';
import { expect, test } from './fixtures.ts';
import { goTo, openTemplate } from './rooms.ts';

test('data outside the design’s folder are read once they were chosen, and remembered with it', async ({
  page,
  app,
  home,
}) => {
  await Promise.all([mkdir(join(home, 'nets')), mkdir(join(home, 'data'))]);
  const [path, table] = [join(home, 'nets', 'net.loom'), join(home, 'data', 'table.csv')];
  await writeFile(table, `x,y\n${Array.from({ length: 30 }, (_, i) => `${i},${'ab'[i % 2]}`).join('\n')}\n`);
  const document = TEMPLATES.find(({ id }) => id === 'iris-mlp')?.create();
  if (document === undefined) throw new Error('The template is gone.');
  const source = { kind: 'csv' as const, path: table, columns: {}, missing: 'dropRow' as const };
  await writeFile(path, serialiseDocument({ ...document, data: { ...document.data, source } }));
  await openDesign(page, app, path);
  const room = await goTo(page, 'Data');
  await expect(room.getByRole('alert')).toContainText('lies outside the folder of the design');
  await expect(room.getByRole('alert')).toContainText(table);
  await page.screenshot({ path: test.info().outputPath('notGranted.png') });
  const choose = room.getByRole('button', { name: 'Choose it…' });
  if (app.nativeDialogs) await choosePath(page, app, table, () => choose.click());
  else {
    await choose.click();
    await expect(fileDialog(page).getByRole('textbox', { name: 'File name' })).toHaveValue('table.csv');
    await expect(fileDialog(page).getByRole('textbox', { name: 'Folder' })).toHaveValue(join(home, 'data'));
    await untilPressable(page);
    await fileDialog(page).getByRole('button', { name: 'Open', exact: true }).click();
  }
  await expect(room).toContainText('30 samples');
  await expect(room.getByRole('alert')).toBeHidden();
});

test('the file dialog is closed to the window that shows it', async ({ page, app, home }) => {
  test.skip(app.nativeDialogs, 'Electron has the dialogs of the system.');
  await writeFile(join(home, 'net.loom'), '{}');
  await openTemplate(page, 'XOR');
  await page.getByRole('button', { name: 'Menu', exact: true }).focus();
  await page.keyboard.press('ControlOrMeta+O');
  const dialog = fileDialog(page);
  const folder = dialog.getByRole('textbox', { name: 'Folder' });
  const open = dialog.getByRole('button', { name: 'Open', exact: true });

  await test.step('it can neither look in nor fetch its page', async () => {
    await expect(folder).not.toHaveValue('');
    const seen = await page.evaluate(async () => {
      const frame = document.querySelector('iframe');
      const attempt = async (look: () => unknown) => {
        try {
          return String((await look()) ?? 'nothing');
        } catch (error) {
          return error instanceof Error ? error.name : 'error';
        }
      };
      return {
        document: await attempt(() => frame?.contentDocument),
        window: await attempt(() => frame?.contentWindow?.document),
        page: await attempt(() => fetch(frame?.src ?? '')),
      };
    });
    expect(seen).toEqual({ document: 'nothing', window: 'SecurityError', page: 'TypeError' });
  });

  await test.step('Escape takes what was typed first, then the dialog, and the focus is where it was', async () => {
    const before = await folder.inputValue();
    await folder.fill('/nowhere at all');
    await folder.press('Enter');
    await expect(dialog.getByRole('alert')).toBeVisible();
    await folder.press('Escape');
    await expect(folder).toHaveValue(before);
    await expect(dialog.getByRole('alert')).toBeHidden();
    await folder.press('Escape');
    await expect(dialog).toBeHidden();
    await expect(page.getByRole('button', { name: 'Menu', exact: true })).toBeFocused();
  });

  await test.step('what is chosen counts only while it is seen', async () => {
    await page.keyboard.press('ControlOrMeta+O');
    await folder.fill(join(home, 'net.loom'));
    await folder.press('Enter');
    const frame = page.locator('iframe');
    await untilPressable(page);
    await frame.evaluate((element) => element.style.setProperty('opacity', '0.1'));
    await open.click();
    await expect(dialog.getByRole('alert')).toContainText('Something lies over this dialog');
    await frame.evaluate((element) => element.style.removeProperty('opacity'));
    await open.click();
    await expect(dialog).toBeHidden();
  });
});
