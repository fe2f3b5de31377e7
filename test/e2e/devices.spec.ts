import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { serialiseDocument } from '../../core/document/index.ts';
import { findTemplate } from '../../core/templates/index.ts';
import { openDesign } from './files.ts';
import { expect, test } from './fixtures.ts';
import { goTo, openTemplate, setTraining, stopButton, toast, trainButton } from './rooms.ts';

const panel = (page: Page) => page.getByRole('dialog', { name: 'Devices' });
const device = (page: Page, title: string) =>
  panel(page).getByRole('list', { name: 'Devices' }).getByRole('listitem', { name: title, exact: true });

/** Samples a second, as the panel shows them. */
const figure = async (of: Locator) => Number((await of.getByRole('strong').textContent())?.replaceAll(',', ''));

async function openPanel(page: Page): Promise<void> {
  await page.keyboard.press('ControlOrMeta+k');
  await page.keyboard.type('devices');
  await page.keyboard.press('Enter');
  await expect(panel(page)).toBeVisible();
}

test('a device is tested; its figure is there again after a reload', async ({ page, home }) => {
  await openPanel(page);
  const wasm = device(page, 'WebAssembly');
  await expect(wasm).toContainText('in use');
  await expect(wasm).toContainText('GB memory');
  await expect(wasm).toContainText('Not tested yet');
  // Whole pixels: the panel may still be growing to its size when it is first measured.
  const heightOf = async () => Math.round((await wasm.boundingBox())?.height ?? 0);
  const height = await heightOf();
  // What cannot be had says why, and how to get it.
  await expect(device(page, 'TensorFlow').getByRole('button', { name: 'Install TensorFlow' })).toBeVisible();

  await wasm.getByRole('button', { name: 'Test WebAssembly' }).click();
  await expect(wasm.getByRole('progressbar', { name: 'Testing WebAssembly' })).toBeVisible();
  expect(await heightOf()).toBe(height);
  await expect(wasm).toContainText(/[1-9][\d,.]* samples\/s/, { timeout: 60_000 });
  expect(await heightOf()).toBe(height);
  const kept = JSON.parse(await readFile(join(home, 'measured', 'wasm.json'), 'utf8'));
  const shown = await figure(wasm);
  expect(Math.abs(shown / kept.samplesPerSecond - 1)).toBeLessThan(0.05);

  await page.reload();
  await openPanel(page);
  await expect(wasm).toContainText(/samples\/s.*measured today/);
  expect(await figure(wasm)).toBe(shown);
});

test('while a run trains, the device and how busy it is are told, and no test is begun', async ({ page }) => {
  await openTemplate(page, 'Digits CNN');
  await goTo(page, 'Train');
  await setTraining(page, 'Epochs', '5000');
  await trainButton(page).click();
  await expect(stopButton(page)).toBeVisible();
  const status = page.getByRole('contentinfo').getByRole('button', { name: /^Training on WebAssembly/ });
  await expect(status).toContainText(/[0-9]\.[0-9] of \d+ cores?/, { timeout: 20_000 });
  await expect(page.getByRole('region', { name: 'Train', exact: true }).getByText('Cores busy')).toBeVisible();
  await status.click();
  await expect(panel(page)).toContainText('is training, so a test would give wrong figures');
  await expect(device(page, 'WebAssembly').getByRole('button', { name: 'Test WebAssembly' })).toBeDisabled();
  await expect(panel(page).getByRole('button', { name: 'Test all' })).toBeDisabled();
  await page.keyboard.press('Escape');
  await stopButton(page).click();
  await expect(status).toHaveCount(0);
});

test('an engine that is asked for and not there: why, and a way out at one click', async ({ page, app, home }) => {
  const design = findTemplate('xor-mlp')?.create();
  if (design === undefined) throw new Error('The template xor-mlp is gone.');
  const path = join(home, 'asks for tensorflow.loom');
  await writeFile(path, serialiseDocument({ ...design, training: { ...design.training, backend: 'tensorflow' } }));
  await openDesign(page, app, path);
  await goTo(page, 'Train');
  const section = page.getByRole('region', { name: 'Device', exact: true });
  await expect(section).toContainText('TensorFlow is not available');
  await trainButton(page).click();
  const refusal = toast(page, 'Backend');
  await expect(refusal).toContainText(
    /TensorFlow is chosen to train with, but cannot be used here\. It is not installed\. .*Available here: WebAssembly/,
  );
  await expect(refusal.getByRole('button', { name: 'Install TensorFlow' })).toBeVisible();
  await refusal.getByRole('button', { name: 'Choose the engine automatically' }).click();
  await expect(section).toContainText('Automatic: WebAssembly, because TensorFlow is not installed');
  await trainButton(page).click();
  await expect(page.getByRole('region', { name: 'Train', exact: true })).toContainText('Trained on WebAssembly');
});
