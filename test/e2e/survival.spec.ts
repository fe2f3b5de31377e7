import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { card, cards, selectCard, setParam, wires } from './canvas.ts';
import { choosePath, openDesign, saveDesignAs } from './files.ts';
import { expect, test } from './fixtures.ts';
import { curveValue, goTo, openTemplate, setTraining, stopButton, trainButton } from './rooms.ts';
import { epochPoints, epochsOf } from './runFiles.ts';

const trainRoom = (page: Page) => page.getByRole('region', { name: 'Train', exact: true });
const epoch = (page: Page) => trainRoom(page).getByText(/^\d+ of \d+$/);
const nameOfDesign = (page: Page) => page.getByRole('textbox', { name: 'Name of the design' });

test('training goes on while the page is away, and its curves come back whole', async ({ page, app, home }) => {
  await openTemplate(page, 'Digits CNN');
  await goTo(page, 'Train');
  await setTraining(page, 'Epochs', '300');
  await setTraining(page, 'Learning rate', '0.002');
  await goTo(page, 'Design');
  await saveDesignAs(page, app, join(home, 'digits.loom'));
  await goTo(page, 'Train');
  await trainButton(page).click();
  await expect(epoch(page)).toHaveText(/^[3-9] of/, { timeout: 60_000 });

  await test.step('a reload', async () => {
    await page.reload();
    await expect(nameOfDesign(page)).toHaveValue('Digits CNN');
    await expect(stopButton(page)).toBeVisible();
    await expect(curveValue(page, 'Loss', 'validation')).toHaveText(/\d/);
  });
  await test.step('a window closed, another opened: it shows the run', async () => {
    const before = (await epochsOf(home)).length;
    await page.close();
    await expect.poll(async () => (await epochsOf(home)).length).toBeGreaterThan(before + 1);
    const again = await app.openWindow();
    await expect(nameOfDesign(again)).toHaveValue('Digits CNN');
    await expect(stopButton(again)).toBeVisible();
    await expect(curveValue(again, 'Loss', 'validation')).toHaveText(/\d/);
    await stopButton(again).click();
    await expect(trainRoom(again).getByText('Training was stopped')).toBeVisible();
    const epochs = await epochsOf(home);
    expect(epochs).toEqual(epochs.map((_, i) => i + 1));
    // From the first epoch on, also of the time before this window: the reading cursor finds it there.
    const loss = again.getByRole('img', { name: /^Loss\./ });
    await loss.focus();
    await again.keyboard.press('Home');
    await again.keyboard.press('ArrowRight');
    const first = await curveValue(again, 'Loss', 'validation').textContent();
    expect(Number(first)).toBeCloseTo((await epochPoints(home))[0]?.values.valLoss ?? Number.NaN, 1);
  });
});

test('work that was not saved comes back after the window died', async ({ page, app, home }) => {
  await openTemplate(page, 'XOR');
  await selectCard(page, 'dense_1');
  await setParam(page, 'Units', '23');
  const autosaves = async () =>
    existsSync(join(home, 'autosave'))
      ? (await readdir(join(home, 'autosave'))).filter((name) => name.endsWith('.json'))
      : [];
  await expect
    .poll(async () => {
      const [file] = await autosaves();
      return file === undefined ? '' : readFile(join(home, 'autosave', file), 'utf8');
    })
    .toContain('\\"units\\": 23');
  // No farewell: the renderer's process is gone.
  await page.close({ runBeforeUnload: false });
  const again = await app.openWindow();
  await expect(again.getByText(/“XOR.*” was not saved/)).toBeVisible();
  await again.getByRole('button', { name: 'Recover' }).click();
  await expect(card(again, 'dense_1')).toContainText('23');
  await expect(again.getByRole('img', { name: 'Not saved' })).toBeVisible();
  await saveDesignAs(again, app, join(home, 'rescued.loom'));
  await expect(again.getByRole('img', { name: 'Not saved' })).toBeHidden();
  await expect.poll(async () => (await autosaves()).length).toBe(0);
});

test('save, close, open again, recent designs', async ({ page, app, home }) => {
  await openTemplate(page, 'Iris');
  const path = join(home, 'mine.loom');
  const text = await saveDesignAs(page, app, path);
  await selectCard(page, 'dense_1');
  await setParam(page, 'Units', '11');
  await expect(page.getByText('Changed since saved')).toBeVisible();
  await page.keyboard.press('ControlOrMeta+S');
  await expect(page.getByText(/^Saved/)).toBeVisible();
  expect(await readFile(path, 'utf8')).toBe(text.replace(/"units": \d+/, '"units": 11'));

  await page.getByRole('button', { name: 'Start page' }).click();
  const recents = page.getByRole('region', { name: 'Recent designs' });
  await recents.getByRole('button', { name: /^mine/ }).click();
  await expect(card(page, 'dense_1')).toContainText('11');
  await expect(wires(page)).toHaveCount(4);

  await test.step('an opened design is named, saved and clean', async () => {
    const other = join(home, 'other.loom');
    await writeFile(other, text.replace('"Iris MLP"', '"Another"'));
    await openDesign(page, app, other);
    await expect(nameOfDesign(page)).toHaveValue('Another');
    await expect(cards(page)).toHaveCount(5);
    await expect(page.getByRole('img', { name: 'Not saved' })).toBeHidden();
  });
  await test.step('a recent design can be forgotten', async () => {
    await page.getByRole('button', { name: 'Start page' }).click();
    await recents.getByRole('button', { name: /^Forget mine/ }).click();
    await expect(recents.getByRole('button', { name: /^mine/ })).toHaveCount(0);
    await expect(recents.getByRole('button', { name: /^other/ })).toBeVisible();
  });
});

test('unsaved changes are asked about before they go', async ({ page, app, home }) => {
  await openTemplate(page, 'XOR');
  await selectCard(page, 'dense_1');
  await setParam(page, 'Units', '17');
  const question = page.getByRole('dialog', { name: /^Save the changes to/ });
  await test.step('cancel keeps them on screen', async () => {
    await page.getByRole('button', { name: 'Start page' }).click();
    await question.getByRole('button', { name: 'Cancel' }).click();
    await expect(card(page, 'dense_1')).toContainText('17');
  });
  await test.step('save writes them', async () => {
    const path = join(home, 'kept.loom');
    await choosePath(page, app, path, async () => {
      await page.getByRole('button', { name: 'Start page' }).click();
      await question.getByRole('button', { name: 'Save', exact: true }).click();
    });
    await expect(page.getByRole('button', { name: 'New design' })).toBeVisible();
    expect(await readFile(path, 'utf8')).toContain('"units": 17');
  });
  await test.step('without saving they go', async () => {
    await openTemplate(page, 'XOR');
    await selectCard(page, 'dense_1');
    await setParam(page, 'Units', '29');
    await page.getByRole('button', { name: 'Start page' }).click();
    await question.getByRole('button', { name: 'Do not save' }).click();
    await expect(page.getByRole('button', { name: 'New design' })).toBeVisible();
    await expect(page.getByText(/was not saved/)).toHaveCount(0);
  });
});
