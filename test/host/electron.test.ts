import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Browser, chromium } from '@playwright/test';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { findBrowser, sandboxFlags } from '../../build/browser.mjs';
import { HOST_CHANNEL } from '../../electron/channel.ts';
import { type RunningShell, runShell } from '../electron/standIn/index.ts';
import { ROOT } from './commandLine.ts';
import { temporaryFolder } from './harness.ts';

// The real main process and preload (dist/main.cjs, dist/preload.cjs) with the stand-in for the module `electron`.
let browser: Browser;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let shell: RunningShell;

beforeAll(async () => {
  const executablePath = findBrowser();
  browser = await chromium.launch({ ...(executablePath && { executablePath }), args: sandboxFlags() });
});
afterAll(() => browser.close());
beforeEach(async () => {
  folder = await temporaryFolder();
  shell = runShell(browser, join(folder.path, 'home'));
});
afterEach(async () => {
  await shell.quit();
  await folder.remove();
});

const request = (method: string, params: unknown) => JSON.stringify({ id: 1, method, params });

it('shows the app over app:// and the preload bridge', async () => {
  const window = await shell.firstWindow();
  const page = await window.page;
  await page.getByText('Start from a template').waitFor();
  expect(window.visible).toBe(true);
  expect(await page.evaluate(() => Object.keys(Reflect.get(window, 'layerloom')).sort())).toEqual([
    'onMessage',
    'send',
  ]);
  expect(await page.evaluate(() => typeof Reflect.get(window, 'require'))).toBe('undefined');
});

it('serves the renderer only, under its policy', async () => {
  await shell.firstWindow();
  const index = await shell.requestApp('app://layerloom/');
  expect(index.status).toBe(200);
  expect(index.headers.get('content-security-policy')).toContain("script-src 'self'");
  for (const address of [
    'app://layerloom/../main.cjs',
    'app://layerloom/..%2fmain.cjs',
    'app://layerloom/%2e%2e/main.cjs',
    'app://layerloom/..%5cmain.cjs',
    'app://layerloom//etc/passwd',
    'app://other/',
    'app://layerloom/nothing.js',
  ])
    expect([403, 404], address).toContain((await shell.requestApp(address)).status);
  expect((await shell.requestApp('app://layerloom/', { method: 'POST' })).status).toBe(403);
});

it('hears only the top frame of its own page', async () => {
  await shell.firstWindow();
  const message = request('app.info', {});
  expect(await shell.sendAs({ url: 'app://layerloom/', isMain: true }, HOST_CHANNEL, message)).toHaveLength(1);
  expect(await shell.sendAs({ url: 'app://layerloom/', isMain: false }, HOST_CHANNEL, message)).toEqual([]);
  expect(await shell.sendAs({ url: 'https://evil.example/', isMain: true }, HOST_CHANNEL, message)).toEqual([]);
  expect(await shell.sendAs({ url: 'app://layerloom.evil/', isMain: true }, HOST_CHANNEL, message)).toEqual([]);
  const [garbage] = await shell.sendAs({ url: 'app://layerloom/', isMain: true }, HOST_CHANNEL, { not: 'a string' });
  expect(garbage).toContain('invalid-message');
});

it('grants the clipboard and nothing else', async () => {
  await shell.firstWindow();
  expect(shell.permissionRequest('clipboard-sanitized-write')).toBe(true);
  for (const permission of ['media', 'geolocation', 'notifications', 'openExternal', 'fileSystem', 'hid'])
    expect(shell.permissionRequest(permission), permission).toBe(false);
});

it('stays on its own pages, and opens documentation outside', async () => {
  const page = await (await shell.firstWindow()).page;
  await page.getByText('Start from a template').waitFor();
  const before = page.url();
  await page.evaluate(() => {
    window.location.href = 'https://evil.example/';
  });
  await page.evaluate(() => {
    window.location.href = 'https://keras.io/api/layers/';
  });
  await page.evaluate(() => window.open('https://evil.example/'));
  await page.waitForTimeout(500);
  expect(page.url()).toBe(before);
  expect(page.context().pages()).toHaveLength(1);
  expect(shell.openedExternally).toEqual(['https://keras.io/api/layers/']);
});

it('opens and saves through native dialogs, which give the window what was chosen', async () => {
  await shell.firstWindow();
  const frame = { url: 'app://layerloom/', isMain: true };
  const ask = async (method: string, params: unknown) => {
    const [reply] = await shell.sendAs(frame, HOST_CHANNEL, request(method, params));
    return JSON.parse(String(reply)) as { ok: boolean; result: { dialog: string; url: unknown }; problem: unknown };
  };
  const chosen = async (what: string, answer: string | null) => {
    shell.answerDialog(answer);
    const { result } = await ask('dialog.show', { what, name: 'net.loom', folder: '/designs' });
    expect(result.url).toBeNull();
    return ask('dialog.answer', { dialog: result.dialog });
  };
  const path = join(folder.path, 'net.loom');
  await writeFile(path, 'a design');
  expect(await ask('documents.open', { path })).toMatchObject({ ok: false, problem: { code: 'not-granted' } });
  expect(await chosen('design.open', path)).toMatchObject({ ok: true, result: { path } });
  expect(await ask('documents.open', { path })).toMatchObject({ ok: true, result: { text: 'a design' } });
  expect(await chosen('design.save', null)).toMatchObject({ ok: true, result: { path: null } });
  // The system has asked about this very path; not about one that got its ending here.
  expect(await chosen('design.save', path)).toMatchObject({ result: { path, asked: true } });
  expect(await chosen('design.save', join(folder.path, 'net'))).toMatchObject({ result: { path, asked: false } });
  expect(shell.dialogCalls.map(({ kind }) => kind)).toEqual(['open', 'save', 'save', 'save']);
  // The folder as well: the system would propose that of whatever was chosen last.
  expect(shell.dialogCalls.at(-1)?.options).toMatchObject({
    title: 'Save the design',
    defaultPath: join('/designs', 'net.loom'),
    filters: [{ extensions: ['loom'] }],
  });
});

it('sends menu items to the page as actions', async () => {
  const page = await (await shell.firstWindow()).page;
  await page.getByText('Start from a template').waitFor();
  shell.chooseMenu('Keyboard');
  await page.getByRole('dialog').waitFor();
});

it('shows the window it has when it is started again, with the file', async () => {
  const window = await shell.firstWindow();
  const page = await window.page;
  await page.getByText('Start from a template').waitFor();
  const file = join(folder.path, 'broken.loom');
  await mkdir(folder.path, { recursive: true });
  await writeFile(file, 'this is not a design');
  shell.startAgain(file);
  await page
    .getByText(/broken\.loom|not a|JSON/i)
    .first()
    .waitFor();
  expect(shell.windows).toHaveLength(1);
});

it('ends when its window is closed and nothing trains', async () => {
  const window = await shell.firstWindow();
  await (await window.page).getByText('Start from a template').waitFor();
  expect(await window.closeByPerson()).toBe(true);
  expect(await shell.exited).toBe(0);
});

/** dist/web.cjs on the same data folder; resolves with the first it says. */
async function startWebProgram(...flags: string[]) {
  const program = fork(join(ROOT, 'dist/web.cjs'), flags, {
    env: { ...process.env, LAYERLOOM_HOME: join(folder.path, 'home') },
    execArgv: [],
  });
  const gone = once(program, 'exit');
  const [message] = (await once(program, 'message')) as [{ type: string; url: string }];
  return { program, message, gone };
}

it('shows its window to whoever starts the web host on the same data folder', async () => {
  const window = await shell.firstWindow();
  const page = await window.page;
  await page.getByText('Start from a template').waitFor();
  const { message, gone } = await startWebProgram('--file', join(folder.path, 'nothing.loom'));
  expect(message).toEqual({ type: 'shown' });
  expect((await gone)[0]).toBe(0);
  // It was asked to open the file, which is not there.
  await page
    .getByText(/nothing\.loom/)
    .first()
    .waitFor();
  expect(shell.windows).toHaveLength(1);
});

it('opens a window of the web host that has the data folder already, by a page without a token in its address', async () => {
  await shell.firstWindow();
  await shell.quit();
  const { program, message, gone } = await startWebProgram();
  try {
    expect(message.type).toBe('listening');
    shell = runShell(browser, join(folder.path, 'home'));
    expect(await shell.exited).toBe(0);
    expect(shell.windows).toEqual([]);
    expect(shell.openedExternally).toEqual([expect.stringMatching(/^file:\/\/.*\/open\/[0-9a-f]{16}\.html$/)]);
  } finally {
    program.kill('SIGTERM');
    await gone;
  }
});
