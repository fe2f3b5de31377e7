import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { goTo, openTemplate, setTraining, trainButton } from './rooms.ts';

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
