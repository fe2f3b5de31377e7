/**
 * What keeps the window from answering while a design of 1,000 layers is opened, one of its layers selected and edited, and the view moved:
 * the main thread's longest task and its tasks over 50 ms, next to the same with 10 layers. `profile` also names the functions that took
 * the time (build the renderer without minifying to read them).
 */
import { loadavg } from 'node:os';
import type { CDPSession, Page } from '@playwright/test';
import { manyLayers } from '../e2e/manyLayers.ts';
import { openWindow } from './window/openWindow.ts';

const profiles = process.argv.includes('profile');

interface Profile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly lineNumber: number };
  }[];
  readonly samples?: readonly number[];
  readonly timeDeltas?: readonly number[];
}

function printProfile({ nodes, samples = [], timeDeltas = [] }: Profile): void {
  const names = new Map(nodes.map(({ id, callFrame }) => [id, `${callFrame.functionName}:${callFrame.lineNumber}`]));
  const own = new Map<string, number>();
  samples.forEach((id, i) => {
    const name = names.get(id) ?? '?';
    own.set(name, (own.get(name) ?? 0) + (timeDeltas[i] ?? 0) / 1000);
  });
  const most = [...own].filter(([name]) => !name.startsWith('(idle)')).sort(([, a], [, b]) => b - a);
  for (const [name, ms] of most.slice(0, 14)) console.log(`      ${ms.toFixed(0).padStart(6)} ms  ${name}`);
}

async function measure(page: Page, cdp: CDPSession, title: string, act: () => Promise<void>): Promise<void> {
  await page.evaluate(() => {
    const long: number[] = [];
    Object.assign(window, { longTasks: long });
    new PerformanceObserver((list) => long.push(...list.getEntries().map(({ duration }) => duration))).observe({
      type: 'longtask',
    });
  });
  await report(page, cdp, title, act);
}

async function report(page: Page, cdp: CDPSession, title: string, act: () => Promise<void>): Promise<void> {
  if (profiles) await cdp.send('Profiler.start');
  const begun = performance.now();
  await act();
  const taken = performance.now() - begun;
  await page.waitForTimeout(300);
  const long = await page.evaluate(() => (window as { longTasks?: number[] }).longTasks ?? []);
  const sum = long.reduce((total, one) => total + one, 0);
  console.log(
    `  ${title}: ${taken.toFixed(0)} ms; longest task ${Math.max(0, ...long).toFixed(0)} ms, ${long.length} over 50 ms, ${sum.toFixed(0)} ms in all`,
  );
  if (profiles) printProfile((await cdp.send('Profiler.stop')).profile);
}

async function watch(layers: number): Promise<void> {
  console.log(`${layers} layers:`);
  const app = await openWindow('many.loom', manyLayers(layers), null);
  try {
    const page = await app.context.newPage();
    const cdp = await app.context.newCDPSession(page);
    await cdp.send('Profiler.enable');
    await page.addInitScript(() => {
      const long: number[] = [];
      Object.assign(window, { longTasks: long });
      new PerformanceObserver((list) => long.push(...list.getEntries().map(({ duration }) => duration))).observe({
        type: 'longtask',
        buffered: true,
      });
    });
    await report(page, cdp, 'open', async () => {
      await page.goto(app.url);
      await page.getByText(`${layers - 2} layers`).waitFor();
      await page.locator('[data-node-name="input_1"]').waitFor();
    });
    await page.keyboard.press('0');
    await page.waitForTimeout(1000);
    const middle = layers > 100 ? 'dense_500' : 'dense_5';
    await measure(page, cdp, 'find and select a layer', async () => {
      await page.keyboard.press('ControlOrMeta+F');
      await page.keyboard.type(middle);
      await page.keyboard.press('Enter');
      await page.getByRole('textbox', { name: 'Name of the layer' }).waitFor();
    });
    await page.waitForTimeout(1000);
    await measure(page, cdp, 'select its neighbour', async () => {
      await page.locator(`[data-node-name="${middle}"]`).focus();
      await page.keyboard.press('ArrowRight');
      await page.waitForTimeout(200);
    });
    const units = page.getByRole('textbox', { name: 'Units' });
    await measure(page, cdp, 'type into a field', async () => {
      await units.fill('');
      await units.pressSequentially('12');
      await units.press('Enter');
    });
    await measure(page, cdp, 'undo', () => page.keyboard.press('ControlOrMeta+Z'));
    const box = await page.getByRole('group', { name: 'Network canvas' }).boundingBox();
    const [x, y] = [(box?.x ?? 0) + (box?.width ?? 0) / 2, (box?.y ?? 0) + (box?.height ?? 0) / 2];
    const pan = async () => {
      await page.mouse.move(x, y);
      await page.mouse.down({ button: 'middle' });
      for (let i = 0; i < 60; i++) await page.mouse.move(x + 150 * Math.sin(i / 10), y + 60 * Math.cos(i / 10));
      await page.mouse.up({ button: 'middle' });
    };
    await measure(page, cdp, 'pan at 100 %', pan);
    await measure(page, cdp, 'show all', async () => {
      await page.keyboard.press('1');
      await page.waitForTimeout(1500);
    });
    await measure(page, cdp, 'pan with all on screen', pan);
    await measure(page, cdp, 'start page', async () => {
      await page.getByRole('button', { name: 'Start page' }).click();
      await page.getByRole('list', { name: 'Templates' }).waitFor();
    });
  } finally {
    await app.close();
  }
}

console.log(`Load ${(loadavg()[0] ?? 0).toFixed(1)}.`);
for (const layers of profiles ? [1000] : [10, 1000]) await watch(layers);
