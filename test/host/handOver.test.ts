import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { findBrowser, sandboxFlags } from '../../build/browser.mjs';
import { ROOT } from './commandLine.ts';
import { temporaryFolder } from './harness.ts';

// `npm start` with a real browser, whose every argument any user of the machine can read.

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let program: ChildProcess | null = null;
let browser: Browser | null = null;
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(async () => {
  await browser?.close();
  if (program && program.exitCode === null) {
    const gone = once(program, 'exit');
    program.kill('SIGINT');
    await gone;
  }
  await folder.remove();
});

/** Command lines of all processes that belong to our data folder. */
function commandLines(): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        return [readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')];
      } catch {
        return []; // It has ended.
      }
    })
    .filter((line) => line.includes(folder.path));
}

/** Does something that loads the page, and waits until the host has answered it. */
async function letIn(page: Page, load: () => Promise<unknown>): Promise<void> {
  const opened = page.waitForEvent('websocket');
  const answered = opened.then((socket) =>
    socket.waitForEvent('framereceived', ({ payload }) => String(payload).includes('"ok":true')),
  );
  await Promise.all([load(), answered]);
}

it.skipIf(process.platform !== 'linux')(
  'opens a window that no other user could have opened, and that can be reloaded',
  async () => {
    // The browser as it is, without a display and with a door for this test.
    const browserPath = findBrowser() ?? chromium.executablePath();
    const wrapper = join(folder.path, 'browser.sh');
    const shown = join(folder.path, 'arguments');
    writeFileSync(
      wrapper,
      `#!/bin/sh\nprintf '%s\\n' "$@" >> '${shown}'\nexec '${browserPath}' --headless=new --remote-debugging-port=0 "$@"\n`,
    );
    chmodSync(wrapper, 0o755);
    program = spawn(process.execPath, [join(ROOT, 'build/start.mjs'), '--browser'], {
      cwd: ROOT,
      env: { ...process.env, LAYERLOOM_HOME: folder.path, LAYERLOOM_BROWSER: wrapper, DISPLAY: ':none' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    program.stdout?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });

    const portFile = join(folder.path, 'browser/DevToolsActivePort');
    const lines: string[] = [];
    await expect
      .poll(
        () => {
          lines.push(...commandLines());
          return existsSync(portFile) && readFileSync(portFile, 'utf8').includes('\n');
        },
        { timeout: 60_000, interval: 20 },
      )
      .toBe(true);
    browser = await chromium.connectOverCDP(`http://127.0.0.1:${readFileSync(portFile, 'utf8').split('\n')[0]}`);
    const page = browser.contexts()[0]?.pages()[0];
    if (!page) throw new Error('The browser shows no page.');
    const loaded = () =>
      page.getByRole('button', { name: 'Train', exact: true }).or(page.getByText('New design')).first();
    await loaded().waitFor({ timeout: 60_000 });
    lines.push(...commandLines());

    // The token is in nobody's arguments, and in nothing that was printed where a browser opened.
    expect(readFileSync(shown, 'utf8')).toMatch(/^--app=file:\/\/.*\/open\/[0-9a-f]{16}\.html$/m);
    expect(lines.filter((line) => line.includes('--app=file:')).length).toBeGreaterThan(0);
    expect([...lines, said].filter((line) => /token/i.test(line))).toEqual([]);
    expect(readdirSync(join(folder.path, 'open'))).toEqual([]);
    // Root's browser has no sandbox, which is said; nobody else's is without.
    const open = sandboxFlags().length > 0;
    expect(said.includes('sandbox is off')).toBe(open);
    expect(readFileSync(shown, 'utf8').includes('--no-sandbox')).toBe(open);

    // The window is let in: the host answers it, also after a reload, and in a second window of the same browser.
    expect(page.url()).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
    await letIn(page, () => page.reload());
    const second = await page.context().newPage();
    await letIn(second, () => second.goto(page.url()));

    // Without the secret, as a page that only got the cookie would be: told so, and answered nothing.
    await second.evaluate(() => localStorage.clear());
    await second.reload();
    await second.getByText('This window was not opened by the Layerloom that runs now').first().waitFor();
  },
  180_000,
);
