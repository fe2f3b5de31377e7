import type { Page } from '@playwright/test';
import { canvas, card, drag, inspector, middle, output, palette, selectCard, typeLayers, wire } from './canvas.ts';
import { expect, test } from './fixtures.ts';
import { goTo, newDesign, openTemplate } from './rooms.ts';

/** Presses Tab until the focus is in a part of the page, and says how often. */
async function tabInto(page: Page, part: string, most = 40): Promise<number> {
  for (let presses = 1; presses <= most; presses++) {
    await page.keyboard.press('Tab');
    if (await page.evaluate((selector) => document.activeElement?.closest(selector) !== null, part)) return presses;
  }
  throw new Error(`Tab did not lead to ${part} in ${most} presses.`);
}

test('a skip connection, with keys alone', async ({ page }) => {
  await newDesign(page);
  await typeLayers(page, 'Input', 'Dense', 'ReLU', 'Add');
  await expect(wire(page, 'relu_1', 'add_1')).toBeVisible();
  // The focus is back on the canvas, on the layer added last.
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await expect(card(page, 'dense_1')).toBeFocused();
  await page.keyboard.press('Shift+C');
  await expect(page.getByRole('dialog', { name: 'Connect dense_1 with…' })).toBeVisible();
  // What a wire cannot lead to is not offered: it exists, or it would close a circle.
  await expect(page.getByRole('option', { name: /relu_1/ })).toHaveCount(0);
  await expect(page.getByRole('option', { name: /input_1/ })).toHaveCount(0);
  await page.keyboard.type('add');
  await page.keyboard.press('Enter');
  await expect(wire(page, 'dense_1', 'add_1')).toBeVisible();
  await expect(card(page, 'dense_1')).toBeFocused();

  await test.step('and without it again', async () => {
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('W');
    await page.keyboard.press('W');
    await page.keyboard.press('Delete');
    await expect(wire(page, 'dense_1', 'add_1')).toHaveCount(0);
    await expect(wire(page, 'relu_1', 'add_1')).toBeVisible();
  });
});

test('Alt with an arrow moves a layer along its chain, and undo takes it back', async ({ page }) => {
  await newDesign(page);
  await typeLayers(page, 'Input', 'Dense', 'ReLU', 'Output');
  await page.keyboard.press('ArrowLeft');
  await expect(card(page, 'relu_1')).toBeFocused();
  await page.keyboard.press('Alt+ArrowLeft');
  await expect(wire(page, 'relu_1', 'dense_1')).toBeVisible();
  await expect(wire(page, 'dense_1', 'output_1')).toBeVisible();
  await expect(card(page, 'relu_1')).toBeFocused();
  await page.keyboard.press('Alt+ArrowRight');
  await expect(wire(page, 'relu_1', 'output_1')).toBeVisible();
  // An Output is the end of its chain: a sentence says so, and nothing moves.
  await page.keyboard.press('Alt+ArrowRight');
  const said = page.getByRole('region', { name: 'Notifications (F8)' });
  await expect(said.getByText('“output_1” is where the network ends.')).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(wire(page, 'dense_1', 'output_1')).toBeVisible();
});

test('Tab leads from the canvas to the dock and the inspector, and Escape back', async ({ page }) => {
  await openTemplate(page, 'Digits ResNet');
  await page.keyboard.press('/');
  await expect(palette(page).getByRole('searchbox')).toBeFocused();
  // The palette is one stop, the bar beside it another.
  expect(await tabInto(page, '.canvas')).toBeLessThanOrEqual(2);
  await expect(canvas(page)).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(canvas(page).locator('.react-flow__node:focus')).toHaveCount(1);
  expect(await tabInto(page, '.panel-bottom')).toBeLessThan(12);
  await tabInto(page, '.panel-right');
  await page.keyboard.press('Escape');
  await expect(inspector(page).locator(':focus')).toHaveCount(0);

  await test.step('from a field to its layer', async () => {
    await card(page, 'conv2d_1').click();
    await page.keyboard.press('Enter');
    await expect(inspector(page).getByRole('textbox', { name: 'Name of the layer' })).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(card(page, 'conv2d_1')).toBeFocused();
  });
  await test.step('from the search for a layer', async () => {
    await page.keyboard.press('/');
    await page.keyboard.type('x');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await expect(card(page, 'conv2d_1')).toBeFocused();
  });
  await test.step('from a menu', async () => {
    const button = page.getByRole('button', { name: 'Menu', exact: true });
    await button.focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('menu')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(button).toBeFocused();
  });
});

test('Enter chooses a data set', async ({ page }) => {
  await newDesign(page);
  const data = await goTo(page, 'Data');
  await data.getByRole('radio', { name: 'Iris', exact: true }).focus();
  await page.keyboard.press('Enter');
  await expect(data.getByRole('heading', { name: 'Iris', level: 2 })).toBeVisible();
});

test('Escape closes a message when it has nothing else to do', async ({ page }) => {
  await openTemplate(page, 'XOR');
  await selectCard(page, 'dense_1');
  await drag(page, await middle(output(page, 'dense_2')), await middle(card(page, 'dense_1')));
  const messages = page.getByRole('region', { name: /^Notifications/ }).getByRole('listitem');
  await expect(messages).toHaveCount(1);
  await card(page, 'dense_1').focus();
  await page.keyboard.press('Escape');
  await expect(inspector(page).getByRole('textbox', { name: 'Name of the layer' })).toBeHidden();
  await expect(messages).toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(messages).toHaveCount(0);
});
