import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { choosePath } from './files.ts';
import { expect, test } from './fixtures.ts';
import { goTo, newDesign } from './rooms.ts';

test('how a table is read is shown with its reasons, and each part can be set', async ({ page, app, home }) => {
  const rows = Array.from(
    { length: 40 },
    (_, i) => `${i % 8 === 3 ? '-' : `${i},25`}\t${i * 3}\t${i % 2 ? 'oak' : 'elm'}`,
  );
  const path = join(home, 'trees.tsv');
  await writeFile(path, `height\tage\tkind\r\n${rows.join('\r\n')}\r\n`);
  await newDesign(page);
  const data = await goTo(page, 'Data');
  const source = page.getByRole('region', { name: 'Source' }).getByRole('button', { name: /CSV file$/ });
  await choosePath(page, app, path, () => source.click());
  const section = page.getByRole('region', { name: 'How the file is read' });
  await expect(section).toContainText('Between cellstab');
  await expect(section).toContainText('Decimal signcomma');
  await expect(section).toContainText('No value-');
  await expect(data).toContainText('35 samples · 2 features');

  await section.getByRole('button', { name: 'Look closer or change it' }).click();
  const dialog = page.getByRole('dialog', { name: 'How the file is read' });
  const preview = dialog.getByRole('region', { name: 'First rows as they are read' });
  await expect(dialog).toContainText('Numbers like “0,25” have a decimal comma.');
  await expect(dialog).toContainText('40 rows, 3 columns');
  await expect(preview.getByRole('row').nth(1)).toHaveText('0.250elm');
  await expect(preview.getByRole('row').nth(4)).toContainText('no value');
  const choose = async (label: string, option: string) => {
    await dialog.getByRole('combobox', { name: label }).click();
    await page.getByRole('option', { name: option, exact: true }).click();
  };

  await test.step('the first row holds data', async () => {
    await expect(dialog.getByRole('combobox', { name: 'First row' })).toHaveText('found: column names');
    await choose('First row', 'data');
    await expect(dialog).toContainText('41 rows, 3 columns');
    await expect(preview.getByRole('columnheader').first()).toContainText('column_1');
    await expect(dialog).toContainText('Set by hand.');
  });
  await test.step('signs that contradict each other are told of, and taken back', async () => {
    await choose('Decimal sign', 'comma');
    await choose('Groups digits', 'comma');
    await expect(dialog.getByRole('alert')).toContainText('The comma cannot be the decimal sign and group digits too.');
    await dialog.getByRole('button', { name: 'Find everything' }).click();
    await expect(dialog.getByRole('alert')).toHaveCount(0);
    await expect(dialog).toContainText('40 rows, 3 columns');
  });
  await test.step('texts for no value', async () => {
    const missing = dialog.getByRole('textbox', { name: 'No value' });
    await missing.fill('n.d.; -; 39,25');
    await missing.press('Enter');
    await expect(missing).toHaveValue('n.d.; -; 39,25');
    await dialog.getByRole('button', { name: 'Done' }).click();
    await expect(section).toContainText('n.d.; -; 39,25 (set)');
    await expect(data).toContainText('34 samples');
  });
});
