import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkAccess } from './accessible.ts';
import { canvas, card, dock, drag, middle, output, palette, selectCard, setParam, wires } from './canvas.ts';
import { choosePath, fileDialog, saveDesignAs } from './files.ts';
import { expect, test } from './fixtures.ts';
import { goTo, newDesign, openTemplate, setTraining, trainButton } from './rooms.ts';

// A trace keeps the whole page at every look.
test.use({ trace: 'off' });
test.setTimeout(300_000);

test('start page and what lies over it', async ({ page }) => {
  await checkAccess(page, 'start page');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toBeVisible();
  await checkAccess(page, 'keyboard help');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Open…' }).click();
  await expect(fileDialog(page)).toBeVisible();
  await checkAccess(page, 'file dialog');
  await page.keyboard.press('Escape');
});

test('rooms of an empty design', async ({ page, app, home }) => {
  await newDesign(page);
  await checkAccess(page, 'empty design');
  for (const name of ['Training', 'Runs', 'Code', 'History']) {
    await dock(page).getByRole('tab', { name }).click();
    await checkAccess(page, `dock, ${name}, empty`, '.panel-bottom');
  }
  for (const room of ['Data', 'Train', 'Evaluate', 'Export'] as const) {
    await goTo(page, room);
    await checkAccess(page, `${room}, empty`);
  }
  const data = await goTo(page, 'Data');
  for (const title of ['Digits', 'Palmer penguins']) {
    await data.getByRole('radio', { name: title, exact: true }).click();
    await expect(data.getByRole('heading', { name: title, level: 2 })).toBeVisible();
    await expect(data.getByText('Loading')).toHaveCount(0);
    await checkAccess(page, `Data, ${title}`);
  }
  const table = join(home, 'measures.csv');
  const rows = Array.from(
    { length: 60 },
    (_, i) => `${i === 9 ? 'tall' : i},${i % 20 === 3 ? '' : i % 7},${'ab'[i % 2]}`,
  );
  await writeFile(table, `length,width,kind\n${rows.join('\n')}\n`);
  const button = page.getByRole('region', { name: 'Source' }).getByRole('button', { name: /CSV file$/ });
  await choosePath(page, app, table, () => button.click());
  await expect(data).toContainText('samples');
  await checkAccess(page, 'Data, a CSV file with problems');
  await data.getByRole('button', { name: 'Look closer or change it' }).click();
  await expect(page.getByRole('dialog', { name: 'How the file is read' })).toContainText('60 rows, 3 columns');
  await checkAccess(page, 'how a file is read', '[role=dialog]');
});

test('a design, its problems and menus', async ({ page }) => {
  await openTemplate(page, 'Digits ResNet');
  await checkAccess(page, 'design');
  await selectCard(page, 'conv2d_3');
  await checkAccess(page, 'a layer in the inspector');
  await page.getByRole('combobox', { name: 'Padding' }).click();
  await checkAccess(page, 'a list of choices');
  await page.keyboard.press('Escape');
  await setParam(page, 'Filters', '24');
  await card(page, 'add_1').click();
  await expect(page.getByTestId('problem-bubble')).toBeVisible();
  await checkAccess(page, 'a problem on the canvas');
  await dock(page)
    .getByRole('tab', { name: /^Problems/ })
    .click();
  await checkAccess(page, 'problems in the dock', '.panel-bottom');
  await page.keyboard.press('Escape');
  await page.keyboard.press('ControlOrMeta+K');
  await expect(page.getByRole('dialog')).toBeVisible();
  await checkAccess(page, 'command palette');
  await page.keyboard.press('Escape');
  await page.keyboard.press('ControlOrMeta+F');
  await expect(page.getByRole('dialog')).toBeVisible();
  await checkAccess(page, 'find a layer');
  await page.keyboard.press('Escape');
  const start = await middle(output(page, 'softmax_1'));
  await drag(page, start, { x: start.x + 10, y: start.y - 70 });
  await checkAccess(page, 'quick add');
  await page.keyboard.press('Escape');
  await card(page, 'relu_2').click({ button: 'right' });
  await expect(page.getByRole('menu')).toBeVisible();
  await checkAccess(page, 'context menu');
  await page.keyboard.press('Escape');
  await wires(page).first().focus();
  await page.keyboard.press('Enter');
  await checkAccess(page, 'a wire selected', '.panel-right');
  await page.keyboard.press('ControlOrMeta+A');
  await checkAccess(page, 'all selected', '.panel-right');
  await page.keyboard.press('Escape');
  await palette(page).getByRole('searchbox').fill('conv');
  await checkAccess(page, 'palette, searched', '.panel-left');
  await page.getByRole('button', { name: 'Menu', exact: true }).click();
  await checkAccess(page, 'menu');
  await page.keyboard.press('Escape');
  await dock(page).getByRole('tab', { name: 'Code' }).click();
  await checkAccess(page, 'code with a problem', '.panel-bottom');
  await expect(canvas(page)).toBeVisible();
  await page.getByRole('button', { name: 'Start page' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await checkAccess(page, 'unsaved work');
});

test('devices', async ({ page }) => {
  await page.keyboard.press('ControlOrMeta+k');
  await page.keyboard.type('devices');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Devices' }).getByText('in use', { exact: true })).toBeVisible();
  await checkAccess(page, 'devices');
});

test('a trained design', async ({ page }) => {
  await openTemplate(page, 'Digits MLP');
  const train = await goTo(page, 'Train');
  await setTraining(page, 'Epochs', '4');
  await trainButton(page).click();
  await expect(train.getByText('finished', { exact: true })).toBeVisible({ timeout: 60_000 });
  await checkAccess(page, 'Train, finished');
  const evaluate = await goTo(page, 'Evaluate');
  await expect(evaluate.getByRole('table', { name: /^Confusion matrix/ })).toBeVisible();
  await evaluate.getByRole('button', { name: 'Take a sample' }).click();
  await expect(evaluate.getByText(/^Says/)).toBeVisible();
  await checkAccess(page, 'Evaluate');
  await evaluate.getByRole('button', { name: /^[1-9]\d* of true 8 predicted as 8$/ }).click();
  await checkAccess(page, 'Evaluate, a cell');
  const exporting = await goTo(page, 'Export');
  for (const format of ['Keras source code', 'Keras model']) {
    await exporting.getByRole('radio', { name: format, exact: true }).click();
    await expect(exporting.getByRole('heading', { name: format, level: 2 })).toBeVisible();
    await checkAccess(page, `Export, ${format}`);
  }
  await goTo(page, 'Design');
  for (const name of ['Training', 'Runs', 'Code', 'History']) {
    await dock(page).getByRole('tab', { name }).click();
    await checkAccess(page, `dock, ${name}`, '.panel-bottom');
  }
  await dock(page).getByRole('tab', { name: 'Runs' }).click();
  await dock(page)
    .getByRole('button', { name: /^More for/ })
    .click();
  await page.getByRole('menuitem', { name: 'Rename' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await checkAccess(page, 'rename a run');
});

test('a file that was changed outside', async ({ page, app, home }) => {
  await openTemplate(page, 'XOR');
  const path = join(home, 'shared.loom');
  const saved = await saveDesignAs(page, app, path);
  await selectCard(page, 'dense_1');
  await setParam(page, 'Units', '7');
  await writeFile(path, saved.replace('"epochs"', ' "epochs"'));
  await expect(page.getByText('“shared.loom” was changed outside')).toBeVisible();
  await page.keyboard.press('ControlOrMeta+S');
  const dialog = page.getByRole('dialog', { name: 'This file was changed outside' });
  await dialog.getByRole('button', { name: 'Show the difference' }).click();
  await checkAccess(page, 'a file that was changed outside', '[role=dialog]');
});
