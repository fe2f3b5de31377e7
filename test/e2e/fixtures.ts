import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, type Page } from '@playwright/test';
import { startElectronApp } from './electronApp.ts';
import { startWebApp } from './webApp.ts';

/** The program that serves the window. */
export interface App {
  /** Whether file dialogs are the system's own, answered beforehand; otherwise they are the page's. */
  readonly nativeDialogs: boolean;
  /** The answer of the next native dialog: a path, or null to cancel. */
  answerDialog(path: string | null): void;
  /** Opens a window, as when the program is started (again), with a file if one is named. */
  openWindow(file?: string | null): Promise<Page>;
}

export interface HostOptions {
  /** Which shell carries the page: the loopback web host, or Electron's main and preload. */
  readonly hostKind: 'web' | 'electron';
  /** A design named on the command line: a whole path. */
  readonly openFile: string | null;
}

/** `page`: the running app on a fresh data folder, `home`. */
export const test = base.extend<HostOptions & { home: string; app: App }>({
  hostKind: ['web', { option: true }],
  openFile: [null, { option: true }],
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from this pattern, and this one has none
  home: async ({}, use) => {
    const home = await mkdtemp(join(tmpdir(), 'layerloom-e2e-'));
    await use(home);
    await rm(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  },
  app: async ({ home, hostKind, openFile, browser, context }, use) => {
    const { app, end } =
      hostKind === 'web' ? await startWebApp(context, home, openFile) : startElectronApp(browser, home, openFile);
    await use(app);
    await end();
  },
  page: async ({ app }, use) => {
    await use(await app.openWindow());
  },
});

export { expect } from '@playwright/test';
