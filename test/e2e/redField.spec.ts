import { card, chooseParam, inspector, selectCard } from './canvas.ts';
import { expect, test } from './fixtures.ts';
import { goTo, openTemplate, toast, trainButton } from './rooms.ts';

test('nothing is trained while a field is red, wherever it is', async ({ page }) => {
  await openTemplate(page, 'XOR');
  await selectCard(page, 'dense_1');
  const units = inspector(page).getByRole('textbox', { name: 'Units', exact: true });
  await units.fill('lots');
  await test.step('a parameter of a layer, typed and left for Train at once', async () => {
    await trainButton(page).click();
    const refused = toast(page, 'Not ready to train');
    await expect(refused).toContainText('“Units” of dense_1 cannot be “lots”');
    await expect(refused).toContainText('Training would go on with 4');
    await expect(units).toBeFocused();
  });
  await test.step('it stays red, and in the way, when another layer and another room are on screen', async () => {
    await selectCard(page, 'dense_2');
    await goTo(page, 'Data');
    await trainButton(page).click();
    await expect(page.getByRole('radio', { name: 'Design', exact: true })).toBeChecked();
    await expect(units).toBeFocused();
    await expect(units).toHaveValue('lots');
    await expect(units).toHaveAttribute('aria-invalid', 'true');
  });
  await test.step('nothing is exported either: the sentence, and the way to the field', async () => {
    await goTo(page, 'Export');
    const room = page.getByRole('main');
    await expect(room.getByText('“Units” of dense_1 cannot be “lots”')).toContainText('It would be exported with 4');
    await expect(room.getByRole('button', { name: 'Save to…' })).toBeDisabled();
    await page.screenshot({ path: test.info().outputPath('export.png') });
    await room.getByRole('button', { name: 'Go to Units' }).click();
    await expect(units).toBeFocused();
    await expect(units).toHaveValue('lots');
  });
  await test.step('Escape gives it up; a red setting of the Train room is next', async () => {
    await units.press('Escape');
    await expect(units).toHaveValue('4');
    await goTo(page, 'Train');
    const epochs = page.getByRole('textbox', { name: 'Epochs' });
    await epochs.fill('0');
    await epochs.press('Enter');
    const room = page.getByRole('main');
    await expect(room.getByText('“Epochs” cannot be “0”: Epochs must be at least 1.')).toBeVisible();
    await goTo(page, 'Design');
    await goTo(page, 'Train');
    await room.getByRole('button', { name: 'Go to Epochs' }).click();
    await expect(epochs).toBeFocused();
    await expect(epochs).toHaveValue('0');
    await page.screenshot({ path: test.info().outputPath('red.png') });
    await epochs.fill('2');
    await epochs.press('Enter');
    await expect(room.getByRole('button', { name: 'Start training' })).toBeEnabled();
  });
  await test.step('a field that is folded away is unfolded; one whose layer is deleted is no longer in the way', async () => {
    await goTo(page, 'Design');
    await selectCard(page, 'dense_1');
    const fold = inspector(page).getByRole('button', { name: /^Advanced/ });
    await fold.click();
    await chooseParam(page, 'Weight penalty', 'L1 and L2');
    const l2 = inspector(page).getByRole('textbox', { name: 'Weight penalty L2', exact: true });
    await l2.fill('much');
    await l2.press('Enter');
    await fold.click();
    await expect(l2).toBeHidden();
    await trainButton(page).click();
    await expect(l2).toBeFocused();
    await selectCard(page, 'dense_1');
    await page.keyboard.press('Delete');
    await expect(card(page, 'dense_1')).toHaveCount(0);
    const refused = toast(page, 'Not ready to train');
    await trainButton(page).click();
    await goTo(page, 'Train');
    await expect(page.getByRole('main')).toContainText('2 of 2', { timeout: 60_000 });
    await expect(refused).toHaveCount(0);
  });
});
