import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AccessReport } from './accessible.ts';
import { canvas, card, dock, drag, middle, output, palette, selectCard, setParam, wires } from './canvas.ts';
import { choosePath } from './files.ts';
import { expect, test } from './fixtures.ts';
import { goTo, newDesign, openTemplate, setTraining, trainButton } from './rooms.ts';

// The page is the same over both transports, and axe-core looks at nothing but the page.
test.use({ trace: 'off' });
test.setTimeout(300_000);

test('start page and what lies over it', async ({ page }) => {
  const access = new AccessReport();
  await access.look(page, 'start page');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toBeVisible();
  await access.look(page, 'keyboard help');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Open…' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await access.look(page, 'file dialog');
  await page.keyboard.press('Escape');
  access.check();
});

test('rooms of an empty design', async ({ page, app, home }) => {
  const access = new AccessReport();
  await newDesign(page);
  await access.look(page, 'empty design');
  for (const name of ['Training', 'Runs', 'Code', 'History']) {
    await dock(page).getByRole('tab', { name }).click();
    await access.look(page, `dock, ${name}, empty`, '.panel-bottom');
  }
  for (const room of ['Data', 'Train', 'Evaluate', 'Export'] as const) {
    await goTo(page, room);
    await access.look(page, `${room}, empty`);
  }
  const data = await goTo(page, 'Data');
  for (const title of ['Digits', 'Palmer penguins']) {
    await data.getByRole('radio', { name: title, exact: true }).click();
    await expect(data.getByRole('heading', { name: title, level: 2 })).toBeVisible();
    await expect(data.getByText('Loading')).toHaveCount(0);
    await access.look(page, `Data, ${title}`);
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
  await access.look(page, 'Data, a CSV file with problems');
  access.check();
});

test('a design, its problems and menus', async ({ page }) => {
  const access = new AccessReport();
  await openTemplate(page, 'Digits ResNet');
  await access.look(page, 'design');
  await selectCard(page, 'conv2d_3');
  await access.look(page, 'a layer in the inspector');
  await page.getByRole('combobox', { name: 'Padding' }).click();
  await access.look(page, 'a list of choices');
  await page.keyboard.press('Escape');
  await setParam(page, 'Filters', '24');
  await card(page, 'add_1').click();
  await expect(page.getByTestId('problem-bubble')).toBeVisible();
  await access.look(page, 'a problem on the canvas');
  await dock(page)
    .getByRole('tab', { name: /^Problems/ })
    .click();
  await access.look(page, 'problems in the dock', '.panel-bottom');
  await page.keyboard.press('Escape');
  await page.keyboard.press('ControlOrMeta+K');
  await expect(page.getByRole('dialog')).toBeVisible();
  await access.look(page, 'command palette');
  await page.keyboard.press('Escape');
  await page.keyboard.press('ControlOrMeta+F');
  await expect(page.getByRole('dialog')).toBeVisible();
  await access.look(page, 'find a layer');
  await page.keyboard.press('Escape');
  const start = await middle(output(page, 'softmax_1'));
  await drag(page, start, { x: start.x + 10, y: start.y - 70 });
  await access.look(page, 'quick add');
  await page.keyboard.press('Escape');
  await card(page, 'relu_2').click({ button: 'right' });
  await expect(page.getByRole('menu')).toBeVisible();
  await access.look(page, 'context menu');
  await page.keyboard.press('Escape');
  await wires(page).first().focus();
  await page.keyboard.press('Enter');
  await access.look(page, 'a wire selected', '.panel-right');
  await page.keyboard.press('ControlOrMeta+A');
  await access.look(page, 'all selected', '.panel-right');
  await page.keyboard.press('Escape');
  await palette(page).getByRole('searchbox').fill('conv');
  await access.look(page, 'palette, searched', '.panel-left');
  await page.getByRole('button', { name: 'Menu', exact: true }).click();
  await access.look(page, 'menu');
  await page.keyboard.press('Escape');
  await dock(page).getByRole('tab', { name: 'Code' }).click();
  await access.look(page, 'code with a problem', '.panel-bottom');
  await expect(canvas(page)).toBeVisible();
  await page.getByRole('button', { name: 'Start page' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await access.look(page, 'unsaved work');
  access.check();
});

test('devices', async ({ page }) => {
  const access = new AccessReport();
  await page.keyboard.press('ControlOrMeta+k');
  await page.keyboard.type('devices');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Devices' }).getByText('in use', { exact: true })).toBeVisible();
  await access.look(page, 'devices');
  access.check();
});

test('a trained design', async ({ page }) => {
  const access = new AccessReport();
  await openTemplate(page, 'Digits MLP');
  const train = await goTo(page, 'Train');
  await setTraining(page, 'Epochs', '4');
  await trainButton(page).click();
  await expect(train.getByText('finished', { exact: true })).toBeVisible({ timeout: 60_000 });
  await access.look(page, 'Train, finished');
  const evaluate = await goTo(page, 'Evaluate');
  await expect(evaluate.getByRole('table', { name: /^Confusion matrix/ })).toBeVisible();
  await evaluate.getByRole('button', { name: 'Take a sample' }).click();
  await expect(evaluate.getByText(/^Says/)).toBeVisible();
  await access.look(page, 'Evaluate');
  await evaluate.getByRole('button', { name: /^[1-9]\d* of true 8 predicted as 8$/ }).click();
  await access.look(page, 'Evaluate, a cell');
  const exporting = await goTo(page, 'Export');
  for (const format of ['Keras source code', 'Keras model']) {
    await exporting.getByRole('radio', { name: format, exact: true }).click();
    await expect(exporting.getByRole('heading', { name: format, level: 2 })).toBeVisible();
    await access.look(page, `Export, ${format}`);
  }
  await goTo(page, 'Design');
  for (const name of ['Training', 'Runs', 'Code', 'History']) {
    await dock(page).getByRole('tab', { name }).click();
    await access.look(page, `dock, ${name}`, '.panel-bottom');
  }
  await dock(page).getByRole('tab', { name: 'Runs' }).click();
  await dock(page)
    .getByRole('button', { name: /^More for/ })
    .click();
  await page.getByRole('menuitem', { name: 'Rename' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await access.look(page, 'rename a run');
  access.check();
});
