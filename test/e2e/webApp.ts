import { fork } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import type { BrowserContext } from '@playwright/test';
import { askRunningInstance } from '../../electron/instance.ts';
import type { App } from './fixtures.ts';

const program = resolve(import.meta.dirname, '../../dist/web.cjs');

/** dist/web.cjs as `npm start` runs it, and windows of it in `context`. */
export async function startWebApp(context: BrowserContext, home: string, file: string | null) {
  const flags = ['--until-closed', ...(file === null ? [] : ['--file', file])];
  const host = fork(program, flags, { env: { ...process.env, LAYERLOOM_HOME: home }, execArgv: [], stdio: 'inherit' });
  const [message] = await once(host, 'message');
  if (message.type !== 'listening') throw new Error(`The web host did not start: ${JSON.stringify(message)}`);
  let next: string | null = message.url;

  const app: App = {
    nativeDialogs: false,
    answerDialog: () => {
      throw new Error('The web host has no dialogs of the system; answer the ones in the page.');
    },
    openWindow: async (another = null) => {
      const opened = next === null ? await askRunningInstance(home, another) : null;
      const url = opened?.kind === 'address' ? opened.url : next;
      next = null;
      if (url === null) throw new Error('The web host has ended.');
      const page = await context.newPage();
      await page.goto(url);
      return page;
    },
  };
  const end = async () => {
    if (host.exitCode !== null || host.signalCode !== null) return;
    const gone = once(host, 'exit');
    host.kill('SIGTERM');
    await gone;
  };
  return { app, end };
}
