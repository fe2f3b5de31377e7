import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { card, dock, inspector, onCanvas, setParam } from './canvas.ts';
import { openDesign } from './files.ts';
import { expect, test } from './fixtures.ts';
import { manyLayers } from './manyLayers.ts';

// A trace keeps the whole page at every step: with this page that takes longer than the test.
test.use({ trace: 'off' });

test('a thousand layers open, zoom and take edits', async ({ page, app, home }) => {
  const path = join(home, 'thousand.loom');
  await writeFile(path, manyLayers(1000));
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  const started = Date.now();
  await openDesign(page, app, path);
  await expect(page.getByRole('contentinfo').getByText('998 layers')).toBeVisible({ timeout: 40_000 });
  const opened = Date.now() - started;
  const all = await framesWhileZooming(page);
  // At 100 %.
  await page.keyboard.press('0');
  await expect(page.getByRole('contentinfo').getByText('100 %')).toBeVisible();
  const some = await framesWhileZooming(page);
  const figures = `open in ${opened} ms; frames a second while zooming: ${all} with all of them on screen, ${some} at 100 %`;
  test.info().annotations.push({ type: 'a thousand layers', description: figures });
  console.log(`A thousand layers: ${figures}.`);

  await page.keyboard.press('ControlOrMeta+F');
  await page.keyboard.type('dense_500');
  await page.keyboard.press('Enter');
  await expect(inspector(page).getByRole('textbox', { name: 'Name of the layer' })).toHaveValue('dense_500');
  await setParam(page, 'Units', '7');
  await expect(card(page, 'dense_500')).toContainText('7');
  await page.keyboard.press('ControlOrMeta+Z');
  await expect(card(page, 'dense_500')).toContainText('8');

  await page.getByRole('button', { name: 'All commands' }).click();
  await page.keyboard.type('Arrange automatically');
  await page.keyboard.press('Enter');
  await dock(page).getByRole('tab', { name: 'History' }).click();
  await expect(dock(page).getByRole('list', { name: 'History' })).toContainText('Move 1000 layers', {
    timeout: 60_000,
  });
  expect(errors).toEqual([]);
});

/** Zooms with the wheel for a second and counts what was drawn meanwhile. */
async function framesWhileZooming(page: Page): Promise<number> {
  const from = await onCanvas(page, { x: 400, y: 200 });
  await page.mouse.move(from.x, from.y);
  const frames = page.evaluate(
    () =>
      new Promise<number>((done) => {
        const start = performance.now();
        let count = 0;
        const tick = () => {
          count += 1;
          if (performance.now() - start < 1000) requestAnimationFrame(tick);
          else done(count);
        };
        requestAnimationFrame(tick);
      }),
  );
  for (let i = 0; i < 10; i++) await page.mouse.wheel(i < 5 ? 60 : -60, 20);
  return frames;
}
