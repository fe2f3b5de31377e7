import type { Page } from '@playwright/test';
import { canvas, selectCard } from './canvas.ts';
import { expect, test } from './fixtures.ts';
import { goTo, openTemplate } from './rooms.ts';

/**
 * Controls that cannot be seen whole, however one scrolls: past an edge of the window, cut by a part of the page that does not scroll, or
 * under something else. What lies on the drawing itself is left out: it pans.
 */
async function hiddenControls(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const controls = document.querySelectorAll<HTMLElement>('button, input, select, textarea, a[href], [role="tab"]');
    return [...controls].flatMap((control) => {
      if (control.closest('.react-flow__viewport, .visually-hidden, [hidden], [inert]') !== null) return [];
      if (control.getClientRects().length === 0 || getComputedStyle(control).visibility === 'hidden') return [];
      control.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
      const { left, right, top, bottom } = control.getBoundingClientRect();
      const name = `${control.getAttribute('aria-label') ?? control.textContent} (${Math.round(left)}–${Math.round(right)}, ${Math.round(top)}–${Math.round(bottom)})`;
      if (left < -1 || right > innerWidth + 1 || top < -1 || bottom > innerHeight + 1) return [`off screen: ${name}`];
      const over = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
      const seen =
        over !== null && (control.contains(over) || over.contains(control) || over.closest('label') !== null);
      return seen ? [] : [`covered or cut: ${name}, by ${over?.className}`];
    });
  });
}

// A small laptop's window, and one of 1440 × 900 in which text is read at 200 %.
for (const viewport of [
  { width: 1024, height: 700 },
  { width: 720, height: 450 },
])
  test(`every control can be seen at ${viewport.width} × ${viewport.height}`, async ({ page }) => {
    await page.setViewportSize(viewport);
    const found: string[] = [];
    const look = async (where: string) =>
      found.push(...(await hiddenControls(page)).map((control) => `${where}: ${control}`));
    await look('start page');
    await openTemplate(page, 'Digits ResNet');
    await selectCard(page, 'conv2d_1');
    await look('Design');
    for (const room of ['Data', 'Train', 'Evaluate', 'Export'] as const) {
      await goTo(page, room);
      await look(room);
    }
    expect(found).toEqual([]);
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
