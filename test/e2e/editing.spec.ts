import type { Page } from '@playwright/test';
import {
  canvas,
  card,
  cards,
  dock,
  drag,
  dragLayer,
  input,
  inspector,
  middle,
  onCanvas,
  output,
  palette,
  selectCard,
  setParam,
  wire,
  wires,
} from './canvas.ts';
import { expect, test } from './fixtures.ts';
import { newDesign, openTemplate, toast } from './rooms.ts';

const undo = (page: Page) => page.keyboard.press('ControlOrMeta+Z');
const nameBox = (page: Page) => inspector(page).getByRole('textbox', { name: 'Name of the layer' });

/** What the History pane lists, newest first. */
async function history(page: Page): Promise<readonly string[]> {
  await dock(page).getByRole('tab', { name: 'History' }).click();
  return dock(page).getByRole('list', { name: 'History' }).getByRole('button').allTextContents();
}

/** Input, dense_1, dense_2, softmax_1, output_1 in one row. */
async function openIris(page: Page): Promise<void> {
  await openTemplate(page, 'Iris');
  await expect(cards(page)).toHaveCount(5);
}

test('copy and paste layers with their wires; pasting into a text box adds no layer', async ({ page }) => {
  await openIris(page);
  await card(page, 'dense_1').click();
  await card(page, 'dense_2').click({ modifiers: ['ControlOrMeta'] });
  await page.keyboard.press('ControlOrMeta+C');
  const spot = await onCanvas(page, { x: 300, y: 420 });
  await page.mouse.move(spot.x, spot.y);
  await page.keyboard.press('ControlOrMeta+V');
  await expect(cards(page)).toHaveCount(7);
  await expect(wire(page, 'dense_3', 'dense_4')).toBeVisible();
  await expect(inspector(page).getByRole('heading', { name: '2 layers selected' })).toBeVisible();

  const name = page.getByRole('textbox', { name: 'Name of the design' });
  await name.click();
  await page.keyboard.press('ControlOrMeta+V');
  await expect(name).toHaveValue(/layerloom/);
  await page.keyboard.press('Escape');
  await expect(cards(page)).toHaveCount(7);

  await test.step('duplicate and cut', async () => {
    await selectCard(page, 'dense_4');
    await page.keyboard.press('ControlOrMeta+D');
    await expect(cards(page)).toHaveCount(8);
    await page.keyboard.press('ControlOrMeta+X');
    await expect(cards(page)).toHaveCount(7);
    await undo(page);
    await expect(cards(page)).toHaveCount(8);
  });
});

test('deleting a layer joins its neighbours', async ({ page }) => {
  await openIris(page);
  await selectCard(page, 'dense_2');
  await page.keyboard.press('Delete');
  await expect(card(page, 'dense_2')).toHaveCount(0);
  await expect(wire(page, 'dense_1', 'softmax_1')).toBeVisible();
  await undo(page);
  await expect(card(page, 'dense_2')).toBeVisible();
  await expect(wire(page, 'dense_1', 'softmax_1')).toHaveCount(0);
  await expect(wires(page)).toHaveCount(4);
});

test('a layer dropped on a wire goes into it, from the palette and from the canvas', async ({ page }) => {
  await openIris(page);
  await test.step('from the palette', async () => {
    const between = await middle(wire(page, 'dense_1', 'dense_2'));
    const box = await canvas(page).boundingBox();
    await dragLayer(page, 'Dropout', { x: between.x - (box?.x ?? 0), y: between.y - (box?.y ?? 0) });
    await expect(wire(page, 'dense_1', 'dropout_1')).toBeVisible();
    await expect(wire(page, 'dropout_1', 'dense_2')).toBeVisible();
    await undo(page);
    await expect(wire(page, 'dense_1', 'dense_2')).toBeVisible();
  });
  await test.step('from the canvas', async () => {
    await dragLayer(page, 'Batch norm', { x: 300, y: 460 });
    await drag(page, await middle(card(page, 'batch_norm_1')), await middle(wire(page, 'dense_1', 'dense_2')));
    await expect(wire(page, 'dense_1', 'batch_norm_1')).toBeVisible();
    await expect(wire(page, 'batch_norm_1', 'dense_2')).toBeVisible();
    await expect(wires(page)).toHaveCount(5);
    await undo(page);
    await expect(wires(page)).toHaveCount(4);
  });
});

test('layers chosen with a frame move together, and one undo takes the move back', async ({ page }) => {
  await openIris(page);
  const first = await middle(card(page, 'dense_1'));
  const last = await middle(card(page, 'softmax_1'));
  await page.keyboard.down('Shift');
  await drag(page, { x: first.x - 20, y: first.y - 120 }, { x: last.x + 10, y: last.y + 90 });
  await page.keyboard.up('Shift');
  await expect(inspector(page).getByRole('heading', { name: '3 layers selected' })).toBeVisible();
  await drag(page, first, { x: first.x, y: first.y + 130 });
  const names = ['dense_1', 'dense_2', 'softmax_1'];
  const heights = async () => new Set(await Promise.all(names.map(async (name) => (await middle(card(page, name))).y)));
  const [moved = 0, ...others] = await heights();
  expect(others).toEqual([]);
  expect(moved).toBeGreaterThan(first.y + 100);
  expect(await history(page)).toEqual(['1Move 3 layers', '0Opened']);
  await undo(page);
  await expect.poll(heights).toEqual(new Set([first.y]));
});

test('layers by the pointer, by command and by wire', async ({ page }) => {
  await openIris(page);
  await test.step('Tab opens the menu of layers at the pointer', async () => {
    const spot = await onCanvas(page, { x: 240, y: 420 });
    await page.mouse.move(spot.x, spot.y);
    await page.keyboard.press('Tab');
    const menu = page.getByRole('dialog', { name: 'Add a layer' });
    await expect(menu.getByPlaceholder('Add a layer')).toBeFocused();
    await page.keyboard.type('gelu');
    await page.keyboard.press('Enter');
    await expect(menu).toBeHidden();
    const at = await middle(card(page, 'gelu_1'));
    expect(Math.hypot(at.x - spot.x, at.y - spot.y)).toBeLessThan(12);
  });
  await test.step('Ctrl+K appends a layer to the one selected', async () => {
    await page.keyboard.press('ControlOrMeta+K');
    await page.keyboard.type('add dropout');
    await page.keyboard.press('Enter');
    await expect(wire(page, 'gelu_1', 'dropout_1')).toBeVisible();
  });
  await test.step('a wire drawn backwards from an input offers what can feed it', async () => {
    const start = await middle(input(page, 'gelu_1'));
    await drag(page, start, { x: start.x - 90, y: start.y + 70 });
    await expect(page.getByRole('dialog', { name: 'Add a layer' })).toBeVisible();
    await page.keyboard.type('flatten');
    await page.keyboard.press('Enter');
    await expect(wire(page, 'flatten_1', 'gelu_1')).toBeVisible();
  });
  await test.step('the menu offers what can be done now', async () => {
    await page.getByRole('button', { name: 'Menu', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Select all' }).click();
    await expect(inspector(page).getByRole('heading', { name: '8 layers selected' })).toBeVisible();
  });
  await test.step('two selected layers are wired with C', async () => {
    await card(page, 'input_1').click();
    await card(page, 'flatten_1').click({ modifiers: ['ControlOrMeta'] });
    await page.keyboard.press('C');
    await expect(wire(page, 'input_1', 'flatten_1')).toBeVisible();
  });
});

test('a second wire let go over attention goes to its next free input', async ({ page }) => {
  await openTemplate(page, 'Transformer encoder');
  const attention = 'multi_head_attention_1';
  await expect(wire(page, 'dense_1', `Query of ${attention}`)).toBeVisible();
  await drag(page, await middle(output(page, 'dense_1')), await middle(card(page, attention)));
  await expect(wire(page, 'dense_1', `Value of ${attention}`)).toBeVisible();
  await expect(wire(page, 'dense_1', `Query of ${attention}`)).toBeVisible();
  await expect(card(page, attention).locator('[data-node-name]')).toHaveAttribute('data-severity', 'none');
});

test('a wire that cannot be says why', async ({ page }) => {
  await openIris(page);
  await test.step('a circle', async () => {
    await drag(page, await middle(output(page, 'dense_2')), await middle(card(page, 'dense_1')));
    await expect(toast(page, 'Circle').or(toast(page, 'cycle'))).toBeVisible();
    await expect(wires(page)).toHaveCount(4);
  });
  await test.step('a port that has its wire', async () => {
    await drag(page, await middle(output(page, 'input_1')), await middle(input(page, 'dense_2')));
    await expect(page.getByRole('region', { name: /^Notifications/ })).toContainText('dense_2');
    await expect(wires(page)).toHaveCount(4);
  });
});

test('with the keyboard: find a layer, walk along the wires, rename, refuse what cannot be', async ({ page }) => {
  await openIris(page);
  await page.keyboard.press('ControlOrMeta+F');
  await page.keyboard.type('dense_2');
  await page.keyboard.press('Enter');
  await expect(nameBox(page)).toHaveValue('dense_2');
  await expect(card(page, 'dense_2')).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(nameBox(page)).toHaveValue('softmax_1');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await expect(nameBox(page)).toHaveValue('dense_1');

  await test.step('rename', async () => {
    await nameBox(page).fill('hidden');
    await nameBox(page).press('Enter');
    await expect(card(page, 'hidden')).toBeVisible();
    await nameBox(page).fill('dense_2');
    await nameBox(page).press('Enter');
    await expect(inspector(page).getByRole('alert')).toContainText('dense_2');
    await nameBox(page).press('Escape');
    await expect(nameBox(page)).toHaveValue('hidden');
  });
  await test.step('a value out of bounds keeps the old one and says why', async () => {
    const units = inspector(page).getByRole('textbox', { name: 'Units', exact: true });
    const value = await units.inputValue();
    await units.fill('-3');
    await units.press('Enter');
    await expect(inspector(page).getByRole('alert')).toContainText(/Units.*at least 1/);
    await expect(units).toHaveAttribute('aria-invalid', 'true');
    await expect(card(page, 'hidden')).toContainText(value);
    await units.press('Escape');
    await expect(units).toHaveValue(value);
    await setParam(page, 'Units', '12');
    await expect(card(page, 'hidden')).toContainText('12');
  });
});

test('light and dark, and it stays so after a reload', async ({ page }) => {
  const dark = (of: Page) => of.evaluate(() => getComputedStyle(document.documentElement).colorScheme);
  const before = await dark(page);
  await page.getByRole('button', { name: 'Switch between light and dark' }).click();
  await expect.poll(() => dark(page)).not.toBe(before);
  const after = await dark(page);
  await page.reload();
  await expect(page.getByRole('button', { name: 'New design' })).toBeVisible();
  await expect.poll(() => dark(page)).toBe(after);
});

test('an empty canvas keeps a first layer where it was dropped, and undo empties it again', async ({ page }) => {
  await newDesign(page);
  const spot = { x: 200, y: 200 };
  await dragLayer(page, 'Dense', spot);
  const at = await middle(card(page, 'dense_1'));
  const wanted = await onCanvas(page, spot);
  expect(Math.hypot(at.x - wanted.x, at.y - wanted.y)).toBeLessThan(8);
  await palette(page).getByRole('button', { name: 'ReLU', exact: true }).click();
  await expect(wire(page, 'dense_1', 're_lu_1').or(wire(page, 'dense_1', 'relu_1'))).toBeVisible();
  await undo(page);
  await undo(page);
  await expect(page.getByRole('heading', { name: 'An empty canvas' })).toBeVisible();
});
