import type { Page } from '@playwright/test';
import { checkAccess } from './accessible.ts';
import { dock } from './canvas.ts';
import { expect, test } from './fixtures.ts';
import { goTo, openTemplate, setTraining, stopButton, toast, trainButton } from './rooms.ts';

/** Leaves what is on screen for the start page, unsaved. */
async function leave(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Start page' }).click();
  const drop = page.getByRole('button', { name: 'Do not save' });
  const start = page.getByRole('button', { name: 'Iris', exact: true });
  await expect(drop.or(start).first()).toBeVisible();
  if (await drop.isVisible()) await drop.click();
}

test('a run is offered as that of its own design alone, and says what was changed since', async ({ page }) => {
  await openTemplate(page, 'Iris');
  const room = await goTo(page, 'Train');
  await setTraining(page, 'Epochs', '3');
  await trainButton(page).click();
  await expect(room.getByText('finished', { exact: true })).toBeVisible({ timeout: 60_000 });
  const changes = page.getByRole('list', { name: 'Changes since the run' }).first();
  await expect(changes).toHaveCount(0);

  await test.step('changed settings stand beside those of the run', async () => {
    await setTraining(page, 'Learning rate', '0.5');
    await expect(room.getByText(/^Iris MLP 1: 0\.0\d+$/)).toBeVisible();
    await expect(changes).toContainText('training.learningRate');
  });

  await test.step('the list of runs tells which changes, by keyboard too', async () => {
    await goTo(page, 'Design');
    await dock(page).getByRole('tab', { name: 'Runs' }).click();
    const count = dock(page).getByRole('button', { name: '1 change since Iris MLP 1' });
    await count.focus();
    await page.keyboard.press('Enter');
    const list = page.getByRole('dialog', { name: 'Changes since Iris MLP 1' });
    await expect(list).toContainText(/training\.learningRate: 0\.0\d+ → 0\.5/);
    await checkAccess(page, 'which changes', '.run-changes-list');
    await page.screenshot({ path: test.info().outputPath('changes.png') });
    await page.keyboard.press('Escape');
    await expect(list).toBeHidden();
    await expect(count).toBeFocused();
  });

  await test.step('Evaluate and Export say so, and the design of the run can be had back', async () => {
    const evaluate = await goTo(page, 'Evaluate');
    await expect(evaluate.getByRole('status').filter({ hasText: 'The settings changed since' })).toBeVisible();
    await page.screenshot({ path: test.info().outputPath('evaluate.png') });
    const exporting = await goTo(page, 'Export');
    await expect(exporting).toContainText('What is saved is the network as it was trained');
    await page.screenshot({ path: test.info().outputPath('export.png') });
    await exporting.getByRole('button', { name: 'Restore the run’s design' }).click();
    await expect(changes).toHaveCount(0);
    await goTo(page, 'Train');
    await expect(room.getByRole('textbox', { name: 'Learning rate' })).not.toHaveValue('0.5');
    await page.screenshot({ path: test.info().outputPath('train.png') });
  });

  await test.step('another design of the same name has none of it', async () => {
    await leave(page);
    await openTemplate(page, 'Iris');
    await goTo(page, 'Train');
    await expect(room.getByText('Ready to train')).toBeVisible();
    const evaluate = await goTo(page, 'Evaluate');
    await expect(evaluate.getByText('Train first')).toBeVisible();
    const exporting = await goTo(page, 'Export');
    await expect(exporting.getByText('Untrained', { exact: true })).toBeVisible();
    await expect(exporting.getByRole('combobox', { name: 'Model' })).toContainText('Design');
    await goTo(page, 'Evaluate');
    await evaluate.getByRole('button', { name: 'Evaluate a run of another design' }).click();
    await page.getByRole('menuitem', { name: 'Iris MLP 1' }).click();
    await expect(evaluate).toContainText('is a run of another design');
    await page.screenshot({ path: test.info().outputPath('other.png') });
  });
});

test('two windows with two designs never share a run', async ({ page, app }) => {
  test.skip(app.nativeDialogs, 'Electron keeps one window; the web host opens as many as are asked for');
  await openTemplate(page, 'Iris');
  await goTo(page, 'Train');
  await setTraining(page, 'Epochs', '5000');
  const other = await app.openWindow();
  await openTemplate(other, 'Digits MLP');
  const otherRoom = await goTo(other, 'Train');

  await trainButton(page).click();
  await expect(stopButton(page)).toBeVisible();

  await test.step('the other window shows its own state, and has nothing to stop', async () => {
    await expect(otherRoom.getByText('Another design is training')).toBeVisible();
    await expect(stopButton(other)).toHaveCount(0);
    await other.keyboard.press('ControlOrMeta+.');
    await trainButton(other).click();
    await expect(toast(other, 'Not ready to train')).toContainText('a run of another design, goes on');
    await other.screenshot({ path: test.info().outputPath('other.png') });
    await goTo(other, 'Design');
    await dock(other).getByRole('tab', { name: 'Runs' }).click();
    await expect(dock(other).getByRole('table', { name: 'Runs' })).toContainText('Iris MLP 1', { timeout: 20_000 });
    await expect(stopButton(page)).toBeVisible();
  });

  await test.step('stopped where it runs, the lists of both say so', async () => {
    await stopButton(page).click();
    await goTo(page, 'Design');
    await dock(page).getByRole('tab', { name: 'Runs' }).click();
    for (const window of [page, other])
      await expect(dock(window).getByRole('row', { name: /Iris MLP 1/ })).toContainText('stopped', { timeout: 20_000 });
    await goTo(other, 'Train');
    await expect(otherRoom.getByText('Ready to train')).toBeVisible();
  });
});
