import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { cards, problems } from './canvas.ts';
import { choosePath, fileDialog, openDesign, saveDesignAs, untilPressable } from './files.ts';
import { type App, expect, test } from './fixtures.ts';
import { trainingEngine } from './processes.ts';
import { goTo, newDesign, openTemplate, setTraining, toast, trainButton } from './rooms.ts';
import { epochsOf } from './runFiles.ts';

/** A design's file without the id by which it is told from its copies. */
function withoutId(text: string): object {
  const { id, ...rest } = JSON.parse(text);
  expect(id).toMatch(/^[0-9a-f-]{32,36}$/);
  return rest;
}

test.describe('designs that cannot be opened', () => {
  const deep = `${'['.repeat(10_000)}${']'.repeat(10_000)}`;
  /** What a file is made into, and what the app says of it. */
  const damages: readonly {
    readonly name: string;
    readonly damage: (text: string) => string;
    readonly title: string;
    readonly sentence: RegExp;
  }[] = [
    {
      name: 'truncated',
      damage: (text) => text.slice(0, text.length / 2),
      title: 'File cut off',
      sentence: /ends in the middle, after [\d,]+ characters/,
    },
    { name: 'empty', damage: () => '', title: 'Empty file', sentence: /The file is empty/ },
    { name: 'not JSON', damage: () => 'weights = 3', title: 'Not a design', sentence: /is not JSON text/ },
    {
      name: '10,000 levels deep',
      damage: (text) => text.replace('"graphs"', `"extra": ${deep}, "graphs"`),
      title: 'Nested too deeply',
      sentence: /more than 64 levels/,
    },
    {
      name: 'of wrong types',
      damage: (text) => JSON.stringify({ ...JSON.parse(text), graphs: 7, training: 'fast' }),
      title: 'Damaged design',
      sentence: /“graphs”.*“training”/,
    },
    {
      name: 'from a newer version',
      damage: (text) => JSON.stringify({ ...JSON.parse(text), version: 99 }),
      title: 'Newer file',
      sentence: /file version 99/,
    },
  ];

  test('each gets a clear sentence, and the design on screen stays as it is', async ({ page, app, home }) => {
    await openTemplate(page, 'Iris');
    const good = await saveDesignAs(page, app, join(home, 'good.loom'));
    const count = await cards(page).count();
    for (const { name, damage, title, sentence } of damages)
      await test.step(name, async () => {
        const path = join(home, `${name.replaceAll(/\W/g, '-')}.loom`);
        await writeFile(path, damage(good));
        await openDesign(page, app, path);
        await expect(toast(page, title)).toContainText(sentence);
        await dismiss(page, title);
        await expect(page.getByRole('textbox', { name: 'Name of the design' })).toHaveValue('Iris MLP');
        await expect(cards(page)).toHaveCount(count);
      });
    await test.step('a file that is not there', async () => {
      const gone = join(home, 'gone.loom');
      if (app.nativeDialogs) {
        await openDesign(page, app, gone);
        await expect(toast(page, 'File not found')).toContainText('gone.loom');
        return;
      }
      // The app's own dialog says so at once, and stays for another try.
      await page.keyboard.press('ControlOrMeta+O');
      const dialog = fileDialog(page);
      await dialog.getByRole('textbox', { name: 'File name' }).fill(gone);
      await page.keyboard.press('Enter');
      await expect(dialog.getByRole('alert')).toContainText(/gone\.loom: it does not exist/);
      await untilPressable(page);
      await dialog.getByRole('button', { name: 'Cancel' }).click();
      await expect(dialog).toBeHidden();
    });
    // A copy is a document of its own; all else is as it was.
    expect(withoutId(await saveDesignAs(page, app, join(home, 'after.loom')))).toEqual(withoutId(good));
  });

  test('keys that poison prototypes do nothing', async ({ page, app, home }) => {
    await openTemplate(page, 'Iris');
    const good = await saveDesignAs(page, app, join(home, 'good.loom'));
    const path = join(home, 'poisoned.loom');
    const poison = '"__proto__": { "poisoned": true }, "constructor": { "prototype": { "poisoned": true } },';
    await writeFile(
      path,
      good
        .replace('"name": "Iris MLP"', `${poison} "name": "Poisoned"`)
        .replace('"params": {', `"params": { ${poison}`)
        .replace('"nodes": {', `"nodes": { "__proto__": { "poisoned": true },`),
    );
    await openDesign(page, app, path);
    await expect(page.getByRole('textbox', { name: 'Name of the design' })).toHaveValue('Poisoned');
    expect(await page.evaluate(() => Reflect.get({}, 'poisoned'))).toBeUndefined();
    await expect((await problems(page)).filter({ hasText: 'no parameter “constructor”' })).toBeVisible();
    await expect(cards(page)).toHaveCount(5);
  });

  test('a layer this version does not know is kept through save', async ({ page, app, home }) => {
    await openTemplate(page, 'Iris');
    const good = JSON.parse(await saveDesignAs(page, app, join(home, 'good.loom')));
    const strange = { id: 'q', type: 'Quantum', typeVersion: 3, name: 'quantum_1', position: { x: 0, y: 200 } };
    good.graphs.main.nodes.q = { ...strange, params: { spin: 'up', nested: { depth: 2 } } };
    const path = join(home, 'strange.loom');
    await writeFile(path, JSON.stringify(good));
    await openDesign(page, app, path);
    await expect(cards(page).filter({ hasText: 'Quantum' })).toBeVisible();
    const again = JSON.parse(await saveDesignAs(page, app, join(home, 'again.loom')));
    expect(again.graphs.main.nodes.q).toEqual(good.graphs.main.nodes.q);
  });

  test('an optimiser and a setting this version does not know are shown, kept, and not trained', async ({
    page,
    app,
    home,
  }) => {
    await openTemplate(page, 'XOR');
    const newer = JSON.parse(await saveDesignAs(page, app, join(home, 'good.loom')));
    newer.training = { ...newer.training, optimizer: { name: 'lion', beta1: 0.9 }, clipNorm: 1 };
    const path = join(home, 'newer.loom');
    await writeFile(path, JSON.stringify(newer));
    await openDesign(page, app, path);
    await expect(page).toHaveTitle('newer.loom – Layerloom');
    await trainButton(page).click();
    await expect(toast(page, 'Not ready to train')).toContainText(
      '“lion”, which this version of Layerloom does not know',
    );
    await dismiss(page, 'Not ready to train');
    await goTo(page, 'Train');
    await expect(page.getByRole('combobox', { name: 'Optimiser' })).toHaveText('lion (unknown)');
    await expect(page.getByRole('textbox', { name: 'Beta 1' })).toHaveCount(0);
    await page.screenshot({ path: test.info().outputPath('newer.png') });
    await setTraining(page, 'Epochs', '3');
    await page.getByRole('button', { name: 'Remove clipNorm' }).click();
    await page.keyboard.press('ControlOrMeta+S');
    await expect(page.getByRole('contentinfo').getByText(/^Saved/)).toBeVisible();
    const { clipNorm: _, ...rest } = newer.training;
    const kept = { ...newer, training: { ...rest, epochs: 3 } };
    expect(withoutId(await readFile(path, 'utf8'))).toEqual(withoutId(JSON.stringify(kept)));
    await page.getByRole('button', { name: 'Use adam' }).click();
    await trainButton(page).click();
    await expect(page.getByRole('main')).toContainText('3 of 3', { timeout: 60_000 });
  });
});

test.describe('tables that are not what they should be', () => {
  const rows = (count: number, cell: (i: number) => string) =>
    Array.from({ length: count }, (_, i) => `${cell(i)},${i % 7},${i % 2 === 0 ? 'a' : 'b'}`).join('\n');
  const heading = 'length,width,kind\n';
  const tables: readonly { readonly name: string; readonly text: string | null; readonly says: readonly string[] }[] = [
    {
      name: 'holes',
      text: heading + rows(60, (i) => (i % 20 === 3 ? '' : `${i}`)),
      says: ['Rows left out', '3 of 60 rows have missing values (length 3) and are left out; 57 remain.'],
    },
    {
      name: 'text in a number column',
      text: heading + rows(60, (i) => (i === 9 ? 'tall' : `${i}`)),
      says: ['Text among numbers', '1 of its 60 cells is not a finite number; the first is “tall” in row 10.'],
    },
    {
      name: 'NaN',
      text: heading + rows(60, (i) => (i === 4 ? 'NaN' : `${i}`)),
      says: ['Rows left out', '1 of 60 rows has missing values (length 1) and is left out; 59 remain.'],
    },
    {
      name: 'no rows',
      text: heading,
      says: ['No rows', 'has a heading (length, width, kind) but not one row under it'],
    },
    { name: 'nothing', text: '', says: ['No rows', 'is empty'] },
    { name: 'binary', text: '\u0000\u0001\u0002PNG', says: ['Not a CSV file', 'is a binary file, not text'] },
    { name: 'absent', text: null, says: ['File not found', 'absent.csv'] },
  ];

  test('each gets a clear sentence, and good data works after it', async ({ page, app, home }) => {
    await newDesign(page);
    const data = await goTo(page, 'Data');
    for (const { name, text, says } of tables)
      await test.step(name, async () => {
        const path = join(home, `${name}.csv`);
        await writeFile(path, text ?? heading);
        await chooseCsv(page, app, path);
        if (text === null) {
          await rm(path);
          await page.getByRole('button', { name: 'Read the data again' }).click();
        }
        for (const sentence of says) await expect(data).toContainText(sentence);
      });
    await data.getByRole('radio', { name: 'Iris', exact: true }).click();
    await expect(data.getByRole('heading', { name: 'Iris', level: 2 })).toBeVisible();
    await expect(data.getByRole('alert')).toHaveCount(0);
  });
});

test('an engine killed while it trains: the run goes on from its checkpoint to its end', async ({
  page,
  app,
  home,
}) => {
  await openTemplate(page, 'Digits CNN');
  const train = await goTo(page, 'Train');
  // Enough of them that it cannot come to its end before it is killed.
  await setTraining(page, 'Epochs', '40');
  await setTraining(page, 'Learning rate', '0.002');
  await goTo(page, 'Design');
  const drawn = await saveDesignAs(page, app, join(home, 'digits.loom'));
  await goTo(page, 'Train');
  await trainButton(page).click();
  const epoch = train.getByText(/^\d+ of 40$/);
  await expect(epoch).toHaveText(/^([3-9]|[1-4]\d) of/, { timeout: 60_000 });
  process.kill(trainingEngine(), 'SIGKILL');

  await test.step('it says so, and nothing is lost', async () => {
    await expect(toast(page, 'The engine stopped')).toBeVisible();
    await expect(train.getByText('interrupted', { exact: true })).toBeVisible();
    await expect(
      train.getByText(/The run is kept\. (Resume goes on from|Its last checkpoint was written)/),
    ).toBeVisible();
    await goTo(page, 'Design');
    expect(withoutId(await saveDesignAs(page, app, join(home, 'after.loom')))).toEqual(withoutId(drawn));
  });

  await test.step('Resume goes on where the checkpoint stands', async () => {
    await goTo(page, 'Train');
    await train.getByRole('button', { name: 'Resume', exact: true }).click();
    await expect(train.getByRole('button', { name: 'Stop this run' })).toBeVisible();
    // Not from the beginning.
    await expect(epoch).toHaveText(/^([2-9]|[1-4]\d) of/);
    await expect(train.getByText('finished', { exact: true })).toBeVisible({ timeout: 90_000 });
    await expect(epoch).toHaveText('40 of 40');
    const epochs = await epochsOf(home);
    expect(epochs).toEqual(Array.from({ length: 40 }, (_, i) => i + 1));
  });
});

async function chooseCsv(page: Page, app: App, path: string): Promise<void> {
  const button = page.getByRole('region', { name: 'Source' }).getByRole('button', { name: /CSV file$/ });
  await choosePath(page, app, path, () => button.click());
}

async function dismiss(page: Page, title: string): Promise<void> {
  await toast(page, title).getByRole('button', { name: 'Dismiss' }).click();
  await expect(toast(page, title)).toBeHidden();
}
