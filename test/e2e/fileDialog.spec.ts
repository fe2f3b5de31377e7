import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { selectCard, setParam } from './canvas.ts';
import { choosePath, fileDialog, saveDesignAs, untilPressable } from './files.ts';
import { expect, test } from './fixtures.ts';
import { goTo, openTemplate } from './rooms.ts';

test('the title says which file it is, and whether it is saved', async ({ page, app, home }) => {
  await expect(page).toHaveTitle('Layerloom');
  await openTemplate(page, 'XOR');
  await expect(page).toHaveTitle('XOR MLP – Layerloom');
  await saveDesignAs(page, app, join(home, 'second try.loom'));
  await expect(page).toHaveTitle('second try.loom – Layerloom');
  await expect(page.getByRole('banner').getByText('second try.loom', { exact: true })).toBeVisible();
  await selectCard(page, 'dense_1');
  await setParam(page, 'Units', '7');
  await expect(page).toHaveTitle('• second try.loom – Layerloom');
  await page.keyboard.press('ControlOrMeta+S');
  await expect(page).toHaveTitle('second try.loom – Layerloom');
});

test('an export asks before it overwrites, and a no leaves the file as it is', async ({ page, app, home }) => {
  await openTemplate(page, 'XOR');
  const room = await goTo(page, 'Export');
  const path = join(home, 'network');
  const save = () => room.getByRole('button', { name: 'Save to…' }).click();
  await writeFile(`${path}.py`, 'mine');
  // Without its extension, so that no dialog of the system can have asked about this very file.
  await choosePath(page, app, path, save);
  const ask = page.getByRole('dialog', { name: 'Replace “network.py”?' });
  await ask.getByRole('button', { name: 'Cancel' }).click();
  await expect(ask).toBeHidden();
  expect(await readFile(`${path}.py`, 'utf8')).toBe('mine');
  await choosePath(page, app, path, save);
  await ask.getByRole('button', { name: 'Replace' }).click();
  await expect(room.getByText(`${path}.py`)).toBeVisible();
  expect(await readFile(`${path}.py`, 'utf8')).toContain('import keras');
});

test('the app’s own dialog: a path box, New folder, and a design is proposed beside itself', async ({
  page,
  app,
  home,
}) => {
  test.skip(app.nativeDialogs, 'Electron has the dialogs of the system.');
  const [nets, data] = [join(home, 'nets'), join(home, 'data')];
  await Promise.all([mkdir(nets), mkdir(data)]);
  await writeFile(join(data, 'table.csv'), 'x,y\n1,a\n2,b\n3,a\n');
  await openTemplate(page, 'XOR');
  const dialog = fileDialog(page);
  const folder = dialog.getByRole('textbox', { name: 'Folder' });
  const file = dialog.getByRole('textbox', { name: 'File name' });

  await test.step('a path that leads nowhere is said beside the box, and the folder stays', async () => {
    await page.keyboard.press('ControlOrMeta+Shift+S');
    await folder.fill(join(home, 'nowhere', 'deep'));
    await folder.press('Enter');
    await expect(dialog.getByRole('alert')).toContainText('it does not exist');
    await page.screenshot({ path: test.info().outputPath('path.png') });
    await folder.fill(`"${nets}/"`);
    await folder.press('Enter');
    await expect(folder).toHaveValue(nets);
    await expect(dialog.getByRole('alert')).toBeHidden();
  });
  await test.step('it wears the look of the window, also when that changes', async () => {
    const look = dialog.locator('xpath=ancestor-or-self::html');
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme });
      await expect(look).toHaveAttribute('data-theme', colorScheme);
    }
  });
  await test.step('New folder says what is wrong with a name, and goes into what it made', async () => {
    await untilPressable(page);
    await dialog.getByRole('button', { name: 'New folder' }).click();
    const name = dialog.getByRole('textbox', { name: 'New folder' });
    await name.fill('a/b');
    await name.press('Enter');
    await expect(dialog.getByRole('alert')).toContainText('cannot be the name of a folder');
    await page.screenshot({ path: test.info().outputPath('newFolder.png') });
    await name.fill('first');
    await name.press('Enter');
    await expect(folder).toHaveValue(join(nets, 'first'));
    await file.fill('xor.loom');
    await untilPressable(page);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(dialog).toBeHidden();
    // The dialog closes before the design is whole on the disk.
    await expect.poll(() => readdir(join(nets, 'first'))).toEqual(['xor.loom']);
  });
  await test.step('a dataset is chosen elsewhere; saving still proposes the design’s own folder', async () => {
    await goTo(page, 'Data');
    await page
      .getByRole('button', { name: /CSV file/ })
      .first()
      .click();
    await folder.fill(join(data, 'table.csv'));
    await folder.press('Enter');
    await expect(file).toHaveValue('table.csv');
    await untilPressable(page);
    await dialog.getByRole('button', { name: 'Open' }).click();
    await expect(dialog).toBeHidden();
    await page.keyboard.press('ControlOrMeta+Shift+S');
    await expect(folder).toHaveValue(join(nets, 'first'));
    await expect(file).toHaveValue('xor.loom');
    await file.fill(data);
    await file.press('Enter');
    await expect(folder).toHaveValue(data);
    await untilPressable(page);
    await dialog.getByRole('button', { name: 'Cancel' }).click();
  });
});
