import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { canMount, tinyDisk } from '../tinyDisk.ts';
import { selectCard, setParam } from './canvas.ts';
import { saveDesignAs } from './files.ts';
import { expect, test } from './fixtures.ts';
import { openTemplate } from './rooms.ts';

test.skip(!canMount, 'mounting a disk takes root');

test('a save that the disk has no room for says so and loses neither the old design nor the new', async ({
  page,
  app,
  home,
}) => {
  const disk = tinyDisk(join(home, 'disk'), 2 ** 20);
  const autosaves = () =>
    existsSync(join(home, 'autosave'))
      ? readdirSync(join(home, 'autosave')).filter((name) => name.endsWith('.json'))
      : [];
  try {
    await openTemplate(page, 'Iris');
    const path = join(disk.path, 'mine.loom');
    const before = await saveDesignAs(page, app, path);
    await expect.poll(() => autosaves().length).toBe(0);
    await selectCard(page, 'dense_1');
    await setParam(page, 'Units', '11');
    await expect.poll(() => autosaves().length).toBe(1);
    disk.fillTo(0);
    await page.keyboard.press('ControlOrMeta+S');
    await expect(page.getByText('the disk is full').first()).toBeVisible();
    await expect(page.getByRole('img', { name: 'Not saved' })).toBeVisible();
    expect(readFileSync(path, 'utf8')).toBe(before);
    expect(autosaves()).toHaveLength(1);
    disk.empty();
    await page.keyboard.press('ControlOrMeta+S');
    await expect(page.getByRole('img', { name: 'Not saved' })).toBeHidden();
    expect(readFileSync(path, 'utf8')).toContain('"units": 11');
    await expect.poll(() => autosaves().length).toBe(0);
  } finally {
    disk.remove();
  }
});
