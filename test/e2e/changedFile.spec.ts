import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { card, selectCard, setParam } from './canvas.ts';
import { choosePath, saveDesignAs } from './files.ts';
import { expect, test } from './fixtures.ts';
import { openTemplate } from './rooms.ts';

test('two windows and another program write one file: nothing goes without a word', async ({ page, app, home }) => {
  test.skip(
    app.nativeDialogs,
    'Electron opens a file of a second start in its one window; a second program is the next test.',
  );
  await openTemplate(page, 'XOR');
  const path = join(home, 'shared.loom');
  const first = await saveDesignAs(page, app, path);
  const other = await app.openWindow(path);
  await expect(card(other, 'dense_1')).toBeVisible();

  await test.step('the first window saves; the second is told before it saves', async () => {
    await selectCard(page, 'dense_1');
    await setParam(page, 'Units', '23');
    await page.keyboard.press('ControlOrMeta+S');
    await expect(page.getByText(/^Saved/)).toBeVisible();
    await expect(other.getByText('“shared.loom” was changed outside')).toBeVisible();
    await expect(page.getByText('was changed outside')).toBeHidden();
  });
  await test.step('the second edits and saves: it decides, seeing the difference, and takes theirs', async () => {
    await selectCard(other, 'dense_1');
    await setParam(other, 'Units', '7');
    await other.keyboard.press('ControlOrMeta+S');
    const dialog = other.getByRole('dialog', { name: 'This file was changed outside' });
    await dialog.getByRole('button', { name: 'Show the difference' }).click();
    await expect(dialog.getByRole('list', { name: 'Difference' })).toHaveText('dense_1: units: 7 → 23');
    expect(await readFile(path, 'utf8')).toContain('"units": 23');
    await other.screenshot({ path: test.info().outputPath('conflict.png') });
    await dialog.getByRole('button', { name: 'Take theirs' }).click();
    await expect(card(other, 'dense_1')).toContainText('23');
    await expect(other.getByText('was changed outside')).toBeHidden();
  });
  await test.step('undo brings mine back, also after a reload; keep mine writes it', async () => {
    await other.reload();
    await expect(card(other, 'dense_1')).toContainText('23');
    await other.getByRole('button', { name: 'Undo' }).click();
    await expect(card(other, 'dense_1')).toContainText('7');
    await writeFile(path, first);
    await expect(other.getByText('“shared.loom” was changed outside')).toBeVisible();
    await other.keyboard.press('ControlOrMeta+S');
    await other.getByRole('dialog').getByRole('button', { name: 'Keep mine' }).click();
    await expect.poll(() => readFile(path, 'utf8')).toContain('"units": 7');
    await expect(other.getByText('was changed outside')).toBeHidden();
  });
});

test('another program writes the file: the window says so, and saving a copy keeps both', async ({
  page,
  app,
  home,
}) => {
  await openTemplate(page, 'XOR');
  const path = join(home, 'shared.loom');
  const first = await saveDesignAs(page, app, path);
  const theirs = first.replace('"units": 4', '"units": 23');
  expect(theirs).not.toBe(first);
  await writeFile(path, theirs);
  await expect(page.getByText('“shared.loom” was changed outside')).toBeVisible();
  await selectCard(page, 'dense_1');
  await setParam(page, 'Units', '7');
  await page.keyboard.press('ControlOrMeta+S');
  const dialog = page.getByRole('dialog', { name: 'This file was changed outside' });
  const copy = join(home, 'copy.loom');
  await choosePath(page, app, copy, () => dialog.getByRole('button', { name: 'Save a copy' }).click());
  await expect.poll(() => readFile(copy, 'utf8').catch(() => '')).toContain('"units": 7');
  expect(await readFile(path, 'utf8')).toBe(theirs);
});
