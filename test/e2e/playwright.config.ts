import { defineConfig } from '@playwright/test';
import { findBrowser, sandboxFlags } from '../../build/browser.mjs';
import type { HostOptions } from './fixtures.ts';

// Absent: Playwright's own Chromium, which `npm test` downloads where none is installed.
const executablePath = process.env.LAYERLOOM_BROWSER ?? findBrowser();

/** Needs Electron's own binary; skipped, with the reason, where there is none. */
const BINARY = 'electronBinary.spec.ts';

/**
 * Look at nothing but the page, which is the same over both transports. Dialogs of the system, files, windows, engines that die and what the
 * preload carries are looked at over both, in the specs that are not named here.
 */
const PAGE_ONLY = [
  'accessible',
  'blocks',
  'editing',
  'keyboard',
  'narrow',
  'newOutput',
  'outcomes',
  'redField',
  'rooms',
  'runIdentity',
  'size',
  'tables',
].map((name) => `${name}.spec.ts`);

/** Two transports: the loopback web host, and the real Electron main and preload under a stand-in for `electron`. */
export default defineConfig<HostOptions>({
  testDir: '.',
  outputDir: '../../test-results',
  workers: 1,
  // A busy machine can starve a browser. The list names whatever needed its second try, and twice is a failure.
  retries: process.env.CI ? 1 : 0,
  timeout: 120_000,
  expect: { timeout: 10_000 },
  forbidOnly: true,
  use: {
    viewport: { width: 1440, height: 900 },
    actionTimeout: 10_000,
    screenshot: 'only-on-failure',
    // Recording every step costs a fifth of the time: where there is a second try, that one is recorded.
    trace: process.env.CI ? 'on-first-retry' : 'retain-on-failure',
    launchOptions: { ...(executablePath && { executablePath }), args: sandboxFlags() },
  },
  projects: [
    { name: 'web', use: { hostKind: 'web' }, testIgnore: BINARY },
    { name: 'electron-stand-in', use: { hostKind: 'electron' }, testIgnore: [BINARY, ...PAGE_ONLY] },
    { name: 'electron', testMatch: BINARY },
  ],
});
