import { card, cards, problems, typeLayers } from './canvas.ts';
import { expect, test } from './fixtures.ts';
import { chooseData, goTo, newDesign, setTraining, toast, trainButton } from './rooms.ts';

test('a new Output gets the width of its target; a layer that is not wired is named when Train is pressed', async ({
  page,
}) => {
  await newDesign(page);
  await chooseData(page, 'Iris');
  await goTo(page, 'Design');

  await test.step('three classes: a Dense layer of three, one undo for both', async () => {
    await typeLayers(page, 'Input');
    await page.keyboard.press('/');
    await page.keyboard.type('Output');
    await page.keyboard.press('Enter');
    await expect(toast(page, 'A Dense layer before the Output')).toContainText('3 classes');
    await page.keyboard.press('Escape');
    await expect(card(page, 'dense_1')).toContainText('3 · softmax', { ignoreCase: true });
    await expect(await problems(page)).toHaveCount(0);
    await page.keyboard.press('ControlOrMeta+Z');
    await expect(cards(page)).toHaveCount(1);
    await page.keyboard.press('ControlOrMeta+Shift+Z');
    await expect(cards(page)).toHaveCount(3);
  });

  await test.step('what goes nowhere', async () => {
    await page.keyboard.press('Escape');
    await typeLayers(page, 'ReLU');
    await expect(cards(page)).toHaveCount(4);
    await goTo(page, 'Train');
    await setTraining(page, 'Epochs', '1');
    await trainButton(page).click();
    const left = toast(page, 'Not all layers are trained');
    await expect(left).toContainText('“relu_1” is on no path from an Input to an Output');
    await left.getByRole('button', { name: 'Show it' }).click();
    await expect(card(page, 'relu_1')).toBeVisible();
  });
});
