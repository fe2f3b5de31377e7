import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { choosePath } from './files.ts';
import { expect, test } from './fixtures.ts';
import { goTo, openTemplate, setTraining, trainButton } from './rooms.ts';

/** Ten classes of 8×8 pictures, each with a bright bar somewhere else, and a file that is none. */
async function makePictures(folder: string): Promise<void> {
  for (let label = 0; label < 10; label++) {
    await mkdir(join(folder, `bar${label}`), { recursive: true });
    for (let i = 0; i < 20; i++) {
      const pixels = Uint8Array.from({ length: 64 }, (_, p) => {
        const line = label < 5 ? Math.floor(p / 8) : p % 8;
        return (line === (label % 5) + 1 ? 180 : 20) + ((p * 7 + i * 13) % 50);
      });
      await sharp(pixels, { raw: { height: 8, width: 8, channels: 1 } }).toFile(
        join(folder, `bar${label}`, `${i}.png`),
      );
    }
  }
  await writeFile(join(folder, 'bar3', 'broken.png'), 'not a picture');
}

test('pictures from a folder: look at them, train, evaluate, predict one of them', async ({ page, app, home }) => {
  const folder = join(home, 'bars');
  await makePictures(folder);
  await openTemplate(page, 'Digits MLP');
  const data = await goTo(page, 'Data');

  await test.step('choose the folder and look', async () => {
    const button = page.getByRole('button', { name: 'Choose a folder of pictures' });
    await choosePath(page, app, folder, () => button.click());
    await expect(data).toContainText('200 samples · 8×8×3 · 10 classes');
    await expect(data).toContainText(
      '1 of 201 pictures cannot be read and is left out: “bar3/broken.png” is no picture',
    );
    await data.getByRole('combobox', { name: 'Channels' }).click();
    await page.getByRole('option', { name: 'grey' }).click();
    await expect(data).toContainText('200 samples · 8×8×1 · 10 classes');
    await expect(data.getByRole('img', { name: /^Sample bar0\/0\.png, bar0/ })).toBeVisible();
    await expect(page.getByRole('region', { name: 'Source' })).toContainText('picture folder');
  });

  await test.step('train', async () => {
    const room = await goTo(page, 'Train');
    await setTraining(page, 'Epochs', '15');
    await trainButton(page).click();
    await expect(room.getByText('finished', { exact: true })).toBeVisible({ timeout: 60_000 });
  });

  await test.step('evaluate and predict', async () => {
    const evaluate = await goTo(page, 'Evaluate');
    await expect(evaluate.getByRole('img', { name: /^Sample bar\d+\/\d+\.png$/ }).first()).toBeVisible();
    const says = evaluate.getByText(/^Says/);
    await evaluate.getByRole('button', { name: 'Take a sample' }).click();
    await expect(evaluate.getByText(/a sample: truly bar\d/)).toBeVisible();
    await expect(says).toBeVisible();
    const file = { name: 'mine.png', mimeType: 'image/png', buffer: await readFile(join(folder, 'bar7', '3.png')) };
    await evaluate.getByLabel('Picture to predict').setInputFiles(file);
    await expect(evaluate.getByRole('img', { name: 'mine.png' })).toBeVisible();
    await expect(says).toContainText('Says bar7');
    const broken = { name: 'none.png', mimeType: 'image/png', buffer: Buffer.from('nothing') };
    await evaluate.getByLabel('Picture to predict').setInputFiles(broken);
    await expect(evaluate).toContainText('cannot be used: the picture is no picture');
  });
});
