import { checkAccess } from './accessible.ts';
import { dock, inspector, selectCard } from './canvas.ts';
import { expect, test } from './fixtures.ts';
import { goTo, openTemplate, setTraining, trainButton } from './rooms.ts';

test('a run that learned nothing says so, and its button changes the design', async ({ page }) => {
  await openTemplate(page, 'Iris');
  const train = await goTo(page, 'Train');
  await setTraining(page, 'Learning rate', '1e-7');
  await setTraining(page, 'Epochs', '2');
  await trainButton(page).click();
  const notice = train.getByRole('status').filter({ hasText: 'Nothing learned' });
  await expect(notice).toContainText(
    /after 2 epochs the network is right for .* always answering “\w+” would be right/i,
  );
  await expect(train.getByText('finished', { exact: true })).toHaveCount(0);
  await expect(train.getByText('at chance', { exact: true })).toBeVisible();
  await notice.getByRole('button', { name: 'Learning rate 0.000001' }).click();
  await expect(train.getByRole('textbox', { name: 'Learning rate', exact: true })).toHaveValue('0.000001');
  await goTo(page, 'Design');
  await dock(page).getByRole('tab', { name: 'Runs' }).click();
  await expect(
    dock(page).getByRole('table', { name: 'Runs' }).getByRole('row').filter({ hasText: 'Iris MLP 1' }),
  ).toContainText('at chance');
  await selectCard(page, 'dense_1');
  const learnt = inspector(page).getByRole('region', { name: 'Trained weights' });
  await expect(learnt).toContainText('Iris MLP 1');
  for (const weight of ['kernel', 'bias']) await expect(learnt.getByText(weight, { exact: true })).toBeVisible();
  await expect(learnt.getByText(/ ± /)).toHaveCount(2);
  await learnt.scrollIntoViewIfNeeded();
  await checkAccess(page, 'trained weights');
  await page.screenshot({ path: test.info().outputPath('weights.png') });
});
