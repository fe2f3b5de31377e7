import { expect, type Locator, type Page } from '@playwright/test';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export const canvas = (page: Page): Locator => page.getByRole('group', { name: 'Network canvas' });
export const inspector = (page: Page): Locator => page.getByRole('complementary', { name: 'Inspector' });
export const palette = (page: Page): Locator => page.getByRole('complementary', { name: 'Layers to add' });
export const dock = (page: Page): Locator => page.getByRole('region', { name: 'Dock' });

/** A layer on the canvas by its name, such as `conv2d_1`. */
export const card = (page: Page, name: string): Locator =>
  canvas(page).getByRole('group', { name: new RegExp(`^(?!Wire from ).* ${name}$`) });

/** Every layer on the canvas: cards and pills, not wires. */
export const cards = (page: Page): Locator => canvas(page).getByRole('group', { name: /^(?!Wire from ).+/ });

export const wires = (page: Page): Locator => canvas(page).getByRole('group', { name: /^Wire from / });

export const wire = (page: Page, from: string, to: string): Locator =>
  canvas(page).getByRole('group', { name: `Wire from ${from} to ${to}`, exact: true });

/** The dot at a card's right edge. */
export const output = (page: Page, name: string): Locator =>
  canvas(page).getByLabel(`Output of ${name}`, { exact: true });

/** The dot at a card's left edge. */
export const input = (page: Page, name: string): Locator => canvas(page).getByLabel(new RegExp(`^Inputs? of ${name}$`));

/** Where something is, once it has come to rest: views and layers glide to their places. */
export async function middle(locator: Locator): Promise<Point> {
  let last = '';
  for (;;) {
    const box = await locator.boundingBox();
    if (box === null) throw new Error(`${locator} is not on screen.`);
    const now = JSON.stringify(box);
    if (now === last) return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    last = now;
    await locator.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  }
}

/** A place on the screen, from the canvas's upper left corner. */
export async function onCanvas(page: Page, at: Point): Promise<Point> {
  const box = await canvas(page).boundingBox();
  if (box === null) throw new Error('The canvas is not on screen.');
  return { x: box.x + at.x, y: box.y + at.y };
}

/** Presses at one place and lets go at another, with moves between as a hand makes them. */
export async function drag(page: Page, from: Point, to: Point): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + 6, from.y + 6, { steps: 2 });
  await page.mouse.move(to.x, to.y, { steps: 12 });
  await page.mouse.up();
}

/** Drags a palette entry to a place on the canvas. Entries are found by title and tag: `Conv 2D 2D`, `Batch norm`. */
export async function dragLayer(page: Page, entry: string, at: Point): Promise<void> {
  await palette(page)
    .getByRole('button', { name: entry, exact: true })
    .dragTo(canvas(page), { targetPosition: { ...at } });
}

/** Draws a wire with the mouse, from one card's output to another's input. */
export async function connect(page: Page, from: string, to: string): Promise<void> {
  await drag(page, await middle(output(page, from)), await middle(input(page, to)));
  await expect(wire(page, from, to)).toBeVisible();
}

/** Adds layers one after the other with the keyboard alone: the palette's search box, a name, Enter. */
export async function typeLayers(page: Page, ...titles: readonly string[]): Promise<void> {
  await page.keyboard.press('/');
  await expect(palette(page).getByRole('searchbox')).toBeFocused();
  for (const title of titles) {
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type(title);
    await page.keyboard.press('Enter');
  }
  await page.keyboard.press('Escape');
}

/** Selects a card with a click on its title. */
export async function selectCard(page: Page, name: string): Promise<void> {
  await card(page, name).click();
  await expect(inspector(page).getByRole('textbox', { name: 'Name of the layer' })).toHaveValue(name);
}

/** Types a value into one of the inspector's boxes, and leaves the box. */
export async function setParam(page: Page, label: string, value: string): Promise<void> {
  const box = inspector(page).getByRole('textbox', { name: label, exact: true });
  await box.fill(value);
  await box.press('Enter');
  await box.press('Escape');
}

/** Chooses from one of the inspector's lists. */
export async function chooseParam(page: Page, label: string, option: string): Promise<void> {
  await inspector(page).getByRole('combobox', { name: label, exact: true }).click();
  await page.getByRole('option', { name: option, exact: true }).click();
}

/** The list of problems in the dock, with its tab in front. */
export async function problems(page: Page): Promise<Locator> {
  await dock(page)
    .getByRole('tab', { name: /^Problems/ })
    .click();
  return dock(page).getByRole('list', { name: 'Problems' }).getByRole('listitem');
}

/** Brings the whole network into view. */
export async function fit(page: Page): Promise<void> {
  await canvas(page).getByRole('button', { name: 'Fit the whole network' }).click();
}
