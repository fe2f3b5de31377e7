import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium } from '@playwright/test';
import { findBrowser, sandboxFlags } from '../../../build/browser.mjs';

/** The app as a browser shows it: `dist/web.cjs` over a data folder of its own, in a headless Chromium. */
export interface AppWindow {
  readonly home: string;
  readonly context: BrowserContext;
  /** Opens the file that the host was started with. */
  readonly url: string;
  close(): Promise<void>;
}

/** @param engines a folder of installed engines to use, or null */
export async function openWindow(file: string, content: string, engines: string | null): Promise<AppWindow> {
  const home = mkdtempSync(join(tmpdir(), 'layerloom-window-'));
  if (engines !== null) symlinkSync(engines, join(home, 'engines'));
  const path = join(home, file);
  writeFileSync(path, content);
  const env = { ...process.env, LAYERLOOM_HOME: home };
  const host = fork(join(process.cwd(), 'dist/web.cjs'), ['--until-closed', '--file', path], { env, execArgv: [] });
  const executablePath = findBrowser();
  const browser = await chromium.launch({ ...(executablePath && { executablePath }), args: sandboxFlags() });
  const close = async () => {
    await browser.close();
    const gone = once(host, 'exit');
    host.kill('SIGTERM');
    await gone;
    rmSync(home, { recursive: true, force: true });
  };
  try {
    const [{ url }] = (await once(host, 'message')) as [{ url: string }];
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    return { home, context, url, close };
  } catch (error) {
    await close();
    throw error;
  }
}
