import { checkAccess } from './accessible.ts';
import {
  canvas,
  card,
  cards,
  fit,
  inspector,
  palette,
  problems,
  selectCard,
  setParam,
  typeLayers,
  wire,
} from './canvas.ts';
import { expect, test } from './fixtures.ts';
import { newDesign } from './rooms.ts';

test('layers become a block, which is entered, changed, left and expanded again', async ({ page }) => {
  const way = page.getByRole('navigation', { name: 'Where in the design' });
  const crumb = (name: string) => way.getByRole('button', { name, exact: true });
  await newDesign(page);
  await typeLayers(page, 'Input', 'Dense', 'ReLU', 'Dropout', 'Output');
  await fit(page);
  await card(page, 'dense_1').click();
  for (const name of ['relu_1', 'dropout_1']) await card(page, name).click({ modifiers: ['Shift'] });

  await test.step('by keyboard', async () => {
    await page.keyboard.press('Control+g');
    await expect(card(page, 'block_1')).toBeFocused();
    await expect(cards(page)).toHaveCount(3);
    await expect(card(page, 'block_1').locator('.layer-shape')).toHaveText('32');
    await page.keyboard.press('Enter');
    await expect(crumb('Untitled')).toBeVisible();
    await expect(cards(page)).toHaveCount(5);
    // As in the use one came from: the Input gives one number.
    await expect(card(page, 'input_1').locator('.layer-shape')).toHaveText('1');
    await page.keyboard.press('Escape');
    await expect(way).toHaveCount(0);
    await expect(card(page, 'block_1')).toBeFocused();
  });

  await test.step('by mouse', async () => {
    await card(page, 'block_1').dblclick();
    await expect(way).toBeVisible();
    await checkAccess(page, 'inside a block', '.canvas-column');
    await selectCard(page, 'dense_1');
    await setParam(page, 'Units', '7');
    await crumb('Untitled').click();
    await expect(card(page, 'block_1').locator('.layer-shape')).toHaveText('7');
    await checkAccess(page, 'a card of a block', '.block-card');
  });

  await test.step('a value inside is worked out by a formula', async () => {
    await card(page, 'block_1').dblclick();
    await selectCard(page, 'dense_1');
    await inspector(page).getByRole('button', { name: 'Write a formula for Units' }).click();
    const formula = inspector(page).getByRole('textbox', { name: 'Formula for Units' });
    await formula.fill('=unitz + 5');
    await formula.press('Enter');
    await expect(inspector(page).locator('.field-refusal')).toContainText('no parameter of the name “unitz”');
    await formula.fill('=2 * 3 + 1');
    await formula.press('Enter');
    await expect(inspector(page).locator('.formula-result')).toHaveText('= 7');
    await checkAccess(page, 'a formula', '.inspector');
    await inspector(page).getByRole('button', { name: 'Write a value for Units' }).click();
    await inspector(page).getByRole('button', { name: 'Make Units a parameter of the block' }).click();
    await expect(formula).toHaveValue('=units');
    await crumb('Untitled').click();
    await selectCard(page, 'block_1');
    await setParam(page, 'Units', '7');
    await expect(card(page, 'block_1').locator('.layer-shape')).toHaveText('7');
  });

  await test.step('a second use of it, and a block of the library, from the palette', async () => {
    await page.keyboard.press('Escape');
    await palette(page)
      .getByRole('button', { name: 'Block 1', exact: true })
      .dragTo(canvas(page), {
        targetPosition: { x: 200, y: 420 },
      });
    await expect(card(page, 'block_2')).toBeVisible();
    await card(page, 'block_2').dblclick();
    // Nothing arrives at this use.
    await expect(card(page, 'dense_1').locator('.layer-shape')).toHaveText('?');
    await way.getByRole('button', { name: 'block_2', exact: true }).click();
    await page.getByRole('menuitem', { name: 'block_1', exact: true }).click();
    await expect(card(page, 'dense_1').locator('.layer-shape')).toHaveText('7');
    await page.keyboard.press('Alt+ArrowUp');
    await page.keyboard.press('Control+z');
    await expect(card(page, 'block_2')).toHaveCount(0);
    await typeLayers(page, 'squeeze excite');
    await expect(card(page, 'squeeze_and_excite_1')).toBeVisible();
    await page.keyboard.press('Control+z');
  });

  await test.step('a problem inside is led to, and undo shows what it changed', async () => {
    await card(page, 'block_1').dblclick();
    await selectCard(page, 'dropout_1');
    await typeLayers(page, 'Conv 2D');
    await crumb('Untitled').click();
    await expect(card(page, 'block_1').locator('[data-severity="error"]')).toBeVisible();
    await page.getByTestId('problem-bubble').getByRole('button', { name: 'Show the layer' }).click();
    await expect(crumb('Untitled')).toBeVisible();
    await expect(inspector(page).getByRole('textbox', { name: 'Name of the layer' })).toHaveValue('conv2d_1');
    await crumb('Untitled').click();
    await (await problems(page)).filter({ hasText: 'block_1 › conv2d_1' }).getByRole('button').first().click();
    await expect(inspector(page).getByRole('textbox', { name: 'Name of the layer' })).toHaveValue('conv2d_1');
    await crumb('Untitled').click();
    await page.keyboard.press('Control+z');
    await expect(crumb('Untitled')).toBeVisible();
    await expect(card(page, 'conv2d_1')).toHaveCount(0);
    await crumb('Untitled').click();
    await expect(way).toHaveCount(0);
  });

  await test.step('repeated, it is a stack, and inside one looks at either repetition', async () => {
    await selectCard(page, 'block_1');
    await page.keyboard.press(']');
    await expect(card(page, 'block_1').getByText('×2')).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(card(page, 'dense_1').locator('.layer-params')).toHaveText('14');
    await way.getByRole('button', { name: 'block_1 (1 of 2)' }).click();
    await page.getByRole('menuitem', { name: 'Repetition 2 of 2' }).click();
    await expect(card(page, 'dense_1').locator('.layer-params')).toHaveText('56');
    await page.keyboard.press('Alt+ArrowUp');
    await expect(card(page, 'block_1')).toBeFocused();
    await page.keyboard.press('[');
    await expect(card(page, 'block_1').getByText('×2')).toHaveCount(0);
  });

  await test.step('expanded, everything is as it was, and so after undoing all of it', async () => {
    await selectCard(page, 'block_1');
    await page.keyboard.press('Control+Shift+g');
    await expect(cards(page)).toHaveCount(5);
    await expect(wire(page, 'dropout_1', 'output_1')).toBeVisible();
    for (let steps = 0; steps < 18; steps++) await page.keyboard.press('Control+z');
    await expect(page.getByRole('heading', { name: 'An empty canvas' })).toBeVisible();
  });
});
