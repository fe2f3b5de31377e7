/**
 * Frames a second of the window while a run trains: the Train room with its curves, and 500 layers with the curves below them, at 100 %
 * and all on screen; each without a training first. `dist/web.cjs` in a headless Chromium, which draws in software where it has no graphics card.
 */
import { writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import envPaths from 'env-paths';
import { serialiseDocument } from '../../core/document/index.ts';
import { findInstalledTensorflow } from '../../core/engine/install/location.ts';
import { findTemplate } from '../../core/templates/index.ts';
import { askRunningInstance } from '../../electron/instance.ts';
import { manyLayers } from '../e2e/manyLayers.ts';
import { openWindow } from './window/openWindow.ts';

const WATCH_MS = 6000;
const LAYERS = 500;

interface Watched {
  /** Times between frames, in ms. */
  readonly gaps: readonly number[];
  /** Tasks of the main thread that took longer than 50 ms, in ms. */
  readonly long: readonly number[];
}

/** Runs in the page. */
function watchFrames(duration: number): Promise<Watched> {
  return new Promise((resolve) => {
    const gaps: number[] = [];
    const long: number[] = [];
    const observer = new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) long.push(entry.duration);
    });
    observer.observe({ entryTypes: ['longtask'] });
    const begun = performance.now();
    let before = begun;
    const tick = (now: number) => {
      if (before !== begun) gaps.push(now - before);
      before = now;
      if (now - begun < duration) requestAnimationFrame(tick);
      else {
        observer.disconnect();
        resolve({ gaps, long });
      }
    };
    requestAnimationFrame(tick);
  });
}

async function measure(page: Page, title: string, meanwhile: () => Promise<void> = async () => undefined) {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Performance.enable');
  const metric = async (name: string) =>
    (await cdp.send('Performance.getMetrics')).metrics.find((one) => one.name === name)?.value ?? Number.NaN;
  const [task, script, at] = [await metric('TaskDuration'), await metric('ScriptDuration'), performance.now()];
  const frames = page.evaluate(watchFrames, WATCH_MS);
  await meanwhile();
  const { gaps, long } = await frames;
  const seconds = (performance.now() - at) / 1000;
  const share = async (name: string, before: number) =>
    `${((100 * ((await metric(name)) - before)) / seconds).toFixed(0)} %`;
  const sorted = [...gaps].sort((a, b) => a - b);
  const rate = (quantile: number) =>
    (1000 / (sorted[Math.floor(quantile * (sorted.length - 1))] ?? Number.NaN)).toFixed(0);
  const worst = long.length === 0 ? '' : `, the longest ${Math.max(...long).toFixed(0)} ms`;
  console.log(
    `  ${title}: ${rate(0.5)} frames a second (5th percentile ${rate(0.95)}); main thread busy ${await share('TaskDuration', task)}, ${await share('ScriptDuration', script)} in scripts; ${long.length} tasks over 50 ms${worst}`,
  );
  await cdp.detach();
}

/** Moves the view about as a hand on a touchpad does. */
async function pan(page: Page): Promise<void> {
  const box = await page.getByRole('group', { name: 'Network canvas' }).boundingBox();
  if (!box) throw new Error('The canvas is not on screen.');
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  const begun = performance.now();
  await page.mouse.down({ button: 'middle' });
  for (let i = 0; performance.now() - begun < WATCH_MS; i++) {
    await page.mouse.move(x + 150 * Math.sin(i / 20), y + 60 * Math.cos(i / 20));
    await new Promise((resolve) => setTimeout(resolve, 8));
  }
  await page.mouse.up({ button: 'middle' });
}

/** Brings the view to 100 % or to the whole design. Opening and resizing also fit the view, a little later: hence the waiting. */
async function show(page: Page, what: 'part' | 'whole'): Promise<void> {
  const zoom = page.getByRole('contentinfo').getByText(/^\d+ %$/);
  await expect(async () => {
    await page.keyboard.press(what === 'part' ? '0' : '1');
    await page.waitForTimeout(1000);
    await expect(zoom).toHaveText(what === 'part' ? '100 %' : /^[12]\d %$/, { timeout: 1000 });
  }).toPass({ timeout: 20_000 });
}

/** Frames at rest (with a training only) and while panning, near by and with all layers on screen. */
async function measureCanvas(page: Page, training: boolean): Promise<void> {
  const meanwhile = training ? 'training' : 'no training';
  for (const [what, title] of [
    ['part', `${LAYERS} layers at 100 %`],
    ['whole', `all ${LAYERS} layers on screen`],
  ] as const) {
    await show(page, what);
    if (training) await measure(page, `${title}, at rest, ${meanwhile}`);
    await measure(page, `${title}, panning, ${meanwhile}`, () => pan(page));
  }
}

/** A training that outlasts the watching. */
function longTraining(backend: 'wasm' | 'tensorflow'): string {
  const document = findTemplate('digits-resnet')?.create();
  if (!document) throw new Error('No template digits-resnet');
  return serialiseDocument({ ...document, training: { ...document.training, backend, epochs: 5000 } });
}

async function watch(backend: 'wasm' | 'tensorflow', installed: string): Promise<void> {
  console.log(`${backend}:`);
  // The engine that is installed, but runs and settings of its own.
  const engines = backend === 'tensorflow' ? join(installed, 'engines') : null;
  const { home, context, url, close } = await openWindow('many.loom', manyLayers(LAYERS), engines);
  try {
    const trained = join(home, 'trained.loom');
    writeFileSync(trained, longTraining(backend));
    const canvas = await context.newPage();
    await canvas.goto(url);
    await canvas.getByText(`${LAYERS - 2} layers`).waitFor();
    await canvas
      .getByRole('region', { name: 'Dock' })
      .getByRole('tab', { name: /^Training/ })
      .click();
    const room = await context.newPage();
    const address = await askRunningInstance(home, trained);
    if (address?.kind !== 'address') throw new Error('The web host has ended.');
    await room.goto(address.url);
    await room.getByRole('radiogroup', { name: 'Rooms' }).getByRole('radio', { name: 'Train', exact: true }).click();
    await measure(room, 'Train room, no training');
    await canvas.bringToFront();
    await measureCanvas(canvas, false);
    await room.bringToFront();
    await room.getByRole('banner').getByRole('button', { name: 'Train', exact: true }).click();
    await room.getByRole('list', { name: 'Loss: current values' }).getByText(/\d/).first().waitFor();
    await measure(room, 'Train room, training');
    await canvas.bringToFront();
    await canvas.getByRole('list', { name: 'Loss: current values' }).getByText(/\d/).first().waitFor();
    await measureCanvas(canvas, true);
    await room.getByRole('banner').getByRole('button', { name: 'Stop training' }).click();
  } finally {
    await close();
  }
}

const installed = process.env.LAYERLOOM_HOME ?? envPaths('Layerloom', { suffix: '' }).data;
const load = loadavg()[0] ?? 0;
console.log(`Load ${load.toFixed(1)}${load > 1 ? ': others are busy, which takes frames too' : ''}.`);
for (const backend of ['wasm', 'tensorflow'] as const) {
  if (backend === 'tensorflow' && !findInstalledTensorflow(installed))
    console.log('tensorflow: no engine is installed.');
  else await watch(backend, installed);
}
