import { rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Page } from '@playwright/test';
import { canvas, card, dock, drag, middle, onCanvas, output, selectCard, setParam } from './canvas.ts';
import { choosePath, fileDialog, saveDesignAs } from './files.ts';
import { expect, test } from './fixtures.ts';
import { curveValue, goTo, newDesign, openTemplate, setTraining, stopButton, trainButton } from './rooms.ts';

// Not a test of anything: pictures for people to look at, in test-results/pictures. With LAYERLOOM_DOCS set, the one of the editor while a
// residual network trains goes to renderer/docs too.
const root = resolve(import.meta.dirname, '../..');

test('pictures', async ({ page, app, home, colorScheme }) => {
  const shoot = async (of: Page, name: string) => {
    // Tooltips and hover states belong to the hand, not to the picture.
    await of.evaluate(() => document.fonts.ready);
    await of.screenshot({
      path: join(root, 'test-results', 'pictures', `${name}-${colorScheme}.png`),
      animations: 'disabled',
    });
  };
  const tab = (name: string) => dock(page).getByRole('tab', { name: new RegExp(`^${name}`) });
  const take = (name: string) => shoot(page, name);
  const startPage = async () => {
    await page.getByRole('button', { name: 'Start page' }).click();
    const discard = page.getByRole('button', { name: 'Do not save' });
    await expect(discard.or(page.getByRole('button', { name: 'New design' }))).toBeVisible();
    if (await discard.isVisible()) await discard.click();
    await expect(page.getByRole('button', { name: 'New design' })).toBeVisible();
  };

  await test.step('start', async () => {
    await take('start');
    await page.keyboard.press('?');
    await take('keyboard-help');
    await page.keyboard.press('Escape');
  });

  await test.step('an empty design', async () => {
    await newDesign(page);
    await take('design-empty');
    await goTo(page, 'Data');
    await take('data-empty');
    await goTo(page, 'Train');
    await take('train-not-ready');
    await goTo(page, 'Evaluate');
    await take('evaluate-empty');
    await goTo(page, 'Export');
    await take('export-empty');
    await goTo(page, 'Design');
    for (const name of ['Training', 'Runs', 'Code', 'History']) {
      await tab(name).click();
      await take(`dock-${name.toLowerCase()}-empty`);
    }
  });

  await test.step('data', async () => {
    const data = await goTo(page, 'Data');
    for (const title of ['Digits', 'Iris', 'Palmer penguins', 'XOR']) {
      await data.getByRole('radio', { name: title, exact: true }).click();
      await expect(data.getByRole('heading', { name: title, level: 2 })).toBeVisible();
      await expect(data.getByText('Loading')).toHaveCount(0);
      await take(`data-${title.toLowerCase().replace(' ', '-')}`);
    }
    const rows = Array.from(
      { length: 60 },
      (_, i) => `${i === 9 ? 'tall' : i},${i % 20 === 3 ? '' : i % 7},${'ab'[i % 2]}`,
    );
    const table = join(home, 'measures.csv');
    await writeFile(table, `length,width,kind\n${rows.join('\n')}\n`);
    const button = page.getByRole('region', { name: 'Source' }).getByRole('button', { name: /CSV file$/ });
    await choosePath(page, app, table, () => button.click());
    await expect(data.getByText('Text among numbers')).toBeVisible();
    await take('data-csv-problems');
    await rm(table);
    await page.getByRole('button', { name: 'Read the data again' }).click();
    await expect(data.getByText('File not found')).toBeVisible();
    await take('data-missing');
    await button.click();
    await expect(fileDialog(page)).toBeVisible();
    await take('file-dialog');
    await page.keyboard.press('Escape');
    await startPage();
  });

  await test.step('devices', async () => {
    await page.keyboard.press('ControlOrMeta+k');
    await page.keyboard.type('devices');
    await page.keyboard.press('Enter');
    const devices = page.getByRole('dialog', { name: 'Devices' });
    await expect(devices.getByText('in use', { exact: true })).toBeVisible();
    await take('devices');
    await devices.getByRole('button', { name: 'Test WebAssembly' }).click();
    await take('devices-testing');
    await expect(devices.getByText(/samples\/s/)).toBeVisible({ timeout: 60_000 });
    await take('devices-tested');
    await page.keyboard.press('Escape');
  });

  await test.step('a residual network trains', async () => {
    await openTemplate(page, 'Digits ResNet');
    await saveDesignAs(page, app, join(home, 'Digits ResNet.loom'));
    await take('design');
    await selectCard(page, 'conv2d_3');
    await trainButton(page).click();
    await expect(stopButton(page)).toBeVisible();
    await expect(dock(page).getByText(/^[4-9] of 12$/)).toBeVisible({ timeout: 90_000 });
    await expect(page.getByRole('region', { name: /^Notifications/ }).getByRole('listitem')).toHaveCount(0);
    await take('editor');
    if (process.env.LAYERLOOM_DOCS)
      await page.screenshot({ path: join(root, 'renderer', 'docs', `editor-${colorScheme}.png`) });
    await goTo(page, 'Train');
    await take('train-live');
    await page.getByRole('banner').getByRole('button', { name: 'Pause' }).click();
    await expect(page.getByText('paused', { exact: true })).toBeVisible();
    await take('train-paused');
    await stopButton(page).click();
    await expect(page.getByText('Training was stopped')).toBeVisible();
    await take('train-stopped');
  });

  await test.step('evaluate and export', async () => {
    const evaluate = await goTo(page, 'Evaluate');
    await expect(evaluate.getByRole('table', { name: /^Confusion matrix/ })).toBeVisible();
    await evaluate.getByRole('button', { name: 'Take a sample' }).click();
    await expect(evaluate.getByText(/^Says/)).toBeVisible();
    await take('evaluate');
    await evaluate.getByRole('button', { name: /^[1-9]\d* of true 8 predicted as 8$/ }).click();
    await take('evaluate-cell');
    const exporting = await goTo(page, 'Export');
    for (const format of ['TensorFlow.js', 'Keras model', 'Keras source code']) {
      await exporting.getByRole('radio', { name: format, exact: true }).click();
      await expect(exporting.getByRole('list', { name: 'Files' })).toBeVisible();
      await expect(exporting.getByRole('heading', { name: format, level: 2 })).toBeVisible();
      await take(`export-${format.toLowerCase().replaceAll(/\W+/g, '-')}`);
    }
  });

  await test.step('problems and menus on the canvas', async () => {
    await goTo(page, 'Design');
    await selectCard(page, 'conv2d_3');
    await setParam(page, 'Filters', '24');
    await tab('Problems').click();
    await card(page, 'add_1').click();
    await expect(page.getByTestId('problem-bubble')).toBeVisible();
    await take('design-problem');
    await page.keyboard.press('Escape');
    await page.keyboard.press('ControlOrMeta+K');
    await page.keyboard.type('batch');
    await take('command-palette');
    await page.keyboard.press('Escape');
    await page.keyboard.press('ControlOrMeta+F');
    await take('find-layer');
    await page.keyboard.press('Escape');
    const start = await middle(output(page, 'softmax_1'));
    await drag(page, start, { x: start.x + 10, y: start.y - 70 });
    await take('quick-add');
    await page.keyboard.press('Escape');
    const nothing = await onCanvas(page, { x: 30, y: 20 });
    await page.mouse.click(nothing.x, nothing.y);
    await card(page, 'relu_2').click({ button: 'right' });
    await take('context-menu');
    await page.keyboard.press('Escape');
    await page.keyboard.press('ControlOrMeta+A');
    await take('all-selected');
    await page.keyboard.press('Escape');
    await drag(page, await middle(output(page, 'relu_5')), await middle(card(page, 'conv2d_4')));
    await expect(page.getByRole('region', { name: /^Notifications/ }).getByRole('listitem')).toBeVisible();
    await take('toast');
    await page.getByRole('button', { name: 'Dismiss' }).click();
    await page.getByRole('button', { name: 'Menu', exact: true }).click();
    await take('menu');
    await page.keyboard.press('Escape');
    await tab('Code').click();
    await expect(dock(page).getByText('Shapes differ')).toBeVisible();
    await take('dock-code-problem');
    await page.keyboard.press('ControlOrMeta+Z');
    for (const name of ['Runs', 'Code', 'History']) {
      await tab(name).click();
      await expect(canvas(page)).toBeVisible();
      if (name === 'Code') await expect(dock(page).getByRole('region', { name: 'Keras source code' })).toBeVisible();
      await take(`dock-${name.toLowerCase()}`);
    }
    await page.keyboard.press('ControlOrMeta+Shift+Z');
    await page.getByRole('button', { name: 'Start page' }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await take('unsaved');
    await page.getByRole('button', { name: 'Do not save' }).click();
    await expect(page.getByRole('button', { name: 'New design' })).toBeVisible();
    await take('start-recents');
  });

  await test.step('a table', async () => {
    await openTemplate(page, 'Penguins');
    await goTo(page, 'Train');
    await setTraining(page, 'Epochs', '12');
    await trainButton(page).click();
    await expect(page.getByText('finished', { exact: true })).toBeVisible({ timeout: 60_000 });
    await expect(curveValue(page, 'Loss', 'validation')).toHaveText(/\d/);
    await take('train-finished');
    const evaluate = await goTo(page, 'Evaluate');
    await expect(evaluate.getByText(/^Says/)).toBeVisible();
    await take('evaluate-table');
    await goTo(page, 'Design');
    await take('design-table');
    await page.close({ runBeforeUnload: false });
    const again = await app.openWindow();
    await expect(again.getByText(/was not saved/)).toBeVisible();
    await shoot(again, 'start-recovery');
  });
});
