import type { Page } from '@playwright/test';
import { canvas, dock, selectCard } from './canvas.ts';
import { expect, test } from './fixtures.ts';
import { cutText, hiddenControls } from './readable.ts';
import { goTo, openTemplate } from './rooms.ts';

// A small laptop's window, and one of 1440 × 900 in which the page is zoomed to 200 %.
const WINDOWS = [
  { width: 1024, height: 700 },
  { width: 720, height: 450 },
];

/** Looks at every room, list and dialog for what cannot be seen or read whole. */
async function lookAround(page: Page): Promise<string[]> {
  const found: string[] = [];
  const look = async (where: string) => {
    found.push(...[...(await hiddenControls(page)), ...(await cutText(page))].map((one) => `${where}: ${one}`));
  };
  await look('start page');
  await openTemplate(page, 'Digits ResNet');
  await selectCard(page, 'conv2d_1');
  for (const tab of ['Training', 'Code']) {
    await dock(page)
      .getByRole('tab', { name: new RegExp(`^${tab}`) })
      .click();
    await look(`Design, ${tab}`);
  }
  await page.getByRole('button', { name: 'Menu', exact: true }).click();
  await look('menu');
  await page.keyboard.press('Escape');
  for (const [chord, where] of [
    ['ControlOrMeta+K', 'command palette'],
    ['ControlOrMeta+F', 'find a layer'],
  ] as const) {
    await page.keyboard.press(chord);
    await expect(page.getByRole('dialog')).toBeVisible();
    await look(where);
    await page.keyboard.press('Escape');
  }
  await page.getByRole('button', { name: /^All commands/ }).focus();
  await page.keyboard.press('?');
  await look('keyboard help');
  await page.keyboard.press('Escape');
  for (const room of ['Data', 'Train', 'Evaluate', 'Export'] as const) {
    await goTo(page, room);
    await look(room);
  }
  return found;
}

for (const { width, height } of WINDOWS)
  for (const textSize of [100, 200])
    test(`everything can be seen and read at ${width} × ${height} with text at ${textSize} %`, async ({ page }) => {
      await page.setViewportSize({ width, height });
      await page.keyboard.press('ControlOrMeta+K');
      await page.getByRole('dialog').getByRole('combobox').fill(`Text size ${textSize}`);
      await expect(page.getByRole('option', { selected: true })).toContainText(`${textSize} %`);
      await page.keyboard.press('Enter');
      await expect(page.locator('body')).toHaveCSS('font-size', `${(13 * textSize) / 100}px`);
      expect(await lookAround(page)).toEqual([]);
    });

test('the minimap leaves a canvas free that it would cover', async ({ page }) => {
  await openTemplate(page, 'Iris');
  const minimap = page.getByRole('img', { name: 'Minimap' });
  await expect(minimap).toBeVisible();
  await page.setViewportSize({ width: 640, height: 700 });
  const { width } = (await canvas(page).boundingBox()) ?? { width: 0 };
  expect(width).toBeLessThan(420);
  await expect(minimap).toBeHidden();
});
