import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, expect, test } from '@playwright/test';
import { hasDisplay, sandboxFlags } from '../../build/browser.mjs';
import { electronBinary } from '../../build/electronBinary.mjs';

const ROOT = new URL('../..', import.meta.url).pathname;

/** The one spec that needs Electron's own binary: everything else is proved over the same main and preload without it. */
test('the app in Electron itself: a template trains to its end', async () => {
  const executablePath = electronBinary();
  if (executablePath === null) {
    test.skip(true, 'Electron’s binary is not there; "npm start" fetches it where its release host can be reached');
    return;
  }
  test.skip(!hasDisplay(), 'Electron needs a display, and there is none');
  const home = await mkdtemp(join(tmpdir(), 'layerloom-electron-'));
  const app = await _electron.launch({
    executablePath,
    args: [...sandboxFlags(), join(ROOT, 'dist/main.cjs')],
    cwd: ROOT,
    env: { ...process.env, LAYERLOOM_HOME: home, LAYERLOOM_NODE: process.execPath },
  });
  try {
    const page = await app.firstWindow();
    expect(new URL(page.url()).protocol).toBe('app:');
    await page.getByText('Four hidden units learn').click();
    await page.getByRole('banner').getByRole('button', { name: 'Train', exact: true }).click();
    await page.getByRole('tab', { name: /^Runs/ }).click();
    await expect(page.getByText('finished')).toBeVisible({ timeout: 60_000 });
  } finally {
    await app.close();
    await rm(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  }
});
