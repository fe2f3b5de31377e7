import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { dock, inspector, middle, selectCard, setParam } from './canvas.ts';
import { choosePath } from './files.ts';
import { expect, test } from './fixtures.ts';
import { goTo, newDesign, openTemplate, setTraining, trainButton } from './rooms.ts';

/** Trains what is on screen to its end. */
async function train(page: Page, epochs: number): Promise<void> {
  const room = await goTo(page, 'Train');
  await setTraining(page, 'Epochs', String(epochs));
  await trainButton(page).click();
  await expect(room.getByText('finished', { exact: true })).toBeVisible({ timeout: 60_000 });
}

test.describe('Data', () => {
  const sources = [
    { title: 'Digits', facts: '1,797 samples · 8×8×1 · 10 classes', shows: 'Pictures' },
    { title: 'Iris', facts: '150 samples · 4 features · 3 classes', shows: 'setosa' },
    { title: 'Palmer penguins', facts: '333 samples', shows: 'Adelie' },
    { title: 'XOR', facts: '4 samples · 2 features · 2 classes', shows: 'Samples' },
  ];

  test('every data set that comes along', async ({ page }) => {
    await newDesign(page);
    const data = await goTo(page, 'Data');
    for (const { title, facts, shows } of sources)
      await test.step(title, async () => {
        await data.getByRole('radio', { name: title, exact: true }).click();
        await expect(data.getByRole('heading', { name: title, level: 2 })).toBeVisible();
        await expect(data).toContainText(facts);
        await expect(
          data
            .getByText(shows)
            .or(data.getByRole('region', { name: shows }))
            .first(),
        ).toBeVisible();
      });
  });

  test('the split', async ({ page }) => {
    await newDesign(page);
    const data = await goTo(page, 'Data');
    await data.getByRole('radio', { name: 'Iris', exact: true }).click();
    const part = (name: string) =>
      data.getByRole('radiogroup', { name: 'Part of the split' }).getByRole('radio', { name });
    await expect(part('Train 105')).toBeVisible();
    await expect(part('Validation 30')).toBeVisible();
    const validation = data.getByRole('textbox', { name: 'Validation share in per cent' });
    await validation.fill('40');
    await validation.press('Enter');
    await expect(part('Validation 60')).toBeVisible();
    await expect(part('Train 75')).toBeVisible();
    await validation.fill('90');
    await validation.press('Enter');
    await expect(data.getByRole('alert')).toContainText('stay below 90 %');
    await validation.press('Escape');
    await part('Test').click();
    await expect(data.getByRole('table', { name: 'Samples' }).getByRole('row').nth(1)).toBeVisible();
  });

  test('what the columns of a CSV file are for', async ({ page, app, home }) => {
    const path = join(home, 'flats.csv');
    const rows = Array.from(
      { length: 40 },
      (_, i) => `${20 + i},${i % 5},${i % 2 === 0 ? 'north' : 'south'},${500 + 11 * i}`,
    );
    await writeFile(path, `area,floor,side,rent\n${rows.join('\n')}\n`);
    await newDesign(page);
    const data = await goTo(page, 'Data');
    const button = page.getByRole('region', { name: 'Source' }).getByRole('button', { name: /CSV file$/ });
    await choosePath(page, app, path, () => button.click());
    await expect(data).toContainText('40 samples');
    const choose = async (label: string, option: string) => {
      await data.getByRole('combobox', { name: label }).click();
      await page.getByRole('option', { name: option }).click();
    };
    await choose('Role of rent', 'target');
    await expect(data.getByRole('combobox', { name: 'Role of rent' })).toHaveText('target');
    await choose('Kind of rent', 'number');
    await choose('Role of floor', 'left out');
    // area, and side as two columns of zeros and ones.
    await expect(data).toContainText('40 samples · 3 features');
    await choose('Kind of floor', 'category');
    await choose('Role of floor', 'feature');
    await expect(data).toContainText('40 samples · 8 features');
  });
});

test('runs: compare, rename, delete', async ({ page }) => {
  await openTemplate(page, 'Iris');
  await train(page, 3);
  await train(page, 4);
  await goTo(page, 'Design');
  await dock(page).getByRole('tab', { name: 'Runs' }).click();
  const table = dock(page).getByRole('table', { name: 'Runs' });
  const row = (name: string) => table.getByRole('row').filter({ hasText: name });
  await expect(row('Iris MLP 1')).toContainText('3 / 3');
  await expect(row('Iris MLP 2')).toContainText('4 / 4');

  await test.step('one over the other', async () => {
    await row('Iris MLP 1').getByRole('checkbox').click();
    await expect(dock(page).getByText('2 drawn in the charts')).toBeVisible();
    const train = await goTo(page, 'Train');
    const legend = train.getByRole('list', { name: 'Loss: current values' });
    await expect(legend).toContainText('Iris MLP 1');
    await expect(legend).toContainText('Iris MLP 2');
    await goTo(page, 'Design');
  });
  await test.step('rename', async () => {
    await row('Iris MLP 1').getByRole('button', { name: 'More for Iris MLP 1' }).click();
    await page.getByRole('menuitem', { name: 'Rename' }).click();
    await page.getByRole('textbox', { name: 'Name of the run' }).fill('first try');
    await page.keyboard.press('Enter');
    await expect(row('first try')).toBeVisible();
  });
  await test.step('delete, after a question', async () => {
    await row('first try').getByRole('button', { name: 'More for first try' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await expect(row('first try')).toHaveCount(0);
    await expect(row('Iris MLP 2')).toBeVisible();
  });
});

test('predict a digit drawn by hand', async ({ page }) => {
  await openTemplate(page, 'Digits MLP');
  await train(page, 12);
  const evaluate = await goTo(page, 'Evaluate');
  const pad = evaluate.getByRole('img', { name: /^Drawing pad/ });
  const { x, y } = await middle(pad);
  const says = evaluate.getByText(/^Says/);

  await test.step('a nought: a ring', async () => {
    await page.mouse.move(x + 62, y);
    await page.mouse.down();
    for (let i = 1; i <= 24; i++)
      await page.mouse.move(x + 62 * Math.cos((i * Math.PI) / 12), y + 95 * Math.sin((i * Math.PI) / 12));
    await page.mouse.up();
    await expect(says).toContainText('Says 0');
    await expect(evaluate.getByRole('list', { name: 'Probability of each class' }).getByRole('listitem')).toHaveCount(
      10,
    );
  });
  await test.step('nothing', async () => {
    await evaluate.getByRole('button', { name: 'Clear' }).click();
    await expect(says).toHaveCount(0);
  });
  await test.step('a sample of the test part', async () => {
    await evaluate.getByRole('button', { name: 'Take a sample' }).click();
    await expect(evaluate.getByText(/A test sample: truly \d/)).toBeVisible();
    await expect(says).toBeVisible();
  });
});

test('predict a row of one’s own', async ({ page }) => {
  await openTemplate(page, 'Iris');
  await train(page, 20);
  const evaluate = await goTo(page, 'Evaluate');
  const answer = evaluate.getByText(/^Says/);
  await expect(answer).toBeVisible();
  for (const [column, value] of [
    ['petal_length', '1.3'],
    ['petal_width', '0.2'],
  ] as const) {
    const box = evaluate.getByRole('textbox', { name: new RegExp(column.replace('_', '.'), 'i') });
    await box.fill(value);
    await box.press('Enter');
  }
  await expect(answer).toContainText('setosa');
});

test('code that follows the design', async ({ page }) => {
  await openTemplate(page, 'Iris');
  await dock(page).getByRole('tab', { name: 'Code' }).click();
  const code = dock(page).getByRole('tabpanel', { name: 'Code' });
  await expect(code).toContainText('layers.Dense(');
  await selectCard(page, 'dense_1');
  await setParam(page, 'Units', '37');
  await expect(code).toContainText(/layers\.Dense\(\s*37/);
  await inspector(page).getByRole('textbox', { name: 'Name of the layer' }).fill('hidden');
  await page.keyboard.press('Enter');
  await expect(code).toContainText('name="hidden"');
});
