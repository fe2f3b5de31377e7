import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { askRunningInstance } from '../../electron/instance.ts';
import { irisDesign, temporaryFolder } from './harness.ts';

// dist/web.cjs as `npm start` and `layerloom serve` run it.
const program = resolve(import.meta.dirname, '../../dist/web.cjs');
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let started: ChildProcess[];

beforeEach(async () => {
  folder = await temporaryFolder();
  started = [];
});
afterEach(async () => {
  for (const host of started) if (host.exitCode === null && host.signalCode === null) await ended(host, 'SIGKILL');
  await folder.remove();
});

async function ended(host: ChildProcess, signal?: NodeJS.Signals): Promise<number | null> {
  if (host.exitCode === null && host.signalCode === null) {
    const gone = once(host, 'exit');
    if (signal) host.kill(signal);
    await gone;
  }
  return host.exitCode;
}

async function start(...flags: string[]) {
  const host = fork(program, flags, { env: { ...process.env, LAYERLOOM_HOME: folder.path }, execArgv: [] });
  started.push(host);
  const [message] = (await once(host, 'message')) as [{ type: string; url: string; running: boolean; message: string }];
  return { host, message };
}

/** A window: the cookie for the token, then the socket. */
async function openWindow(url: string) {
  const { origin } = new URL(url);
  const answer = await fetch(url, { redirect: 'manual' });
  const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? '';
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/host`, { headers: { cookie, origin } });
  const events: { type: string; [key: string]: unknown }[] = [];
  const replies = new Map<number, (reply: { ok: boolean; result: Record<string, unknown> }) => void>();
  socket.on('message', (data) => {
    const message = JSON.parse(String(data));
    if ('event' in message) events.push(message.event);
    else replies.get(message.id)?.(message);
  });
  await once(socket, 'open');
  let id = 0;
  return {
    socket,
    events,
    call: (method: string, params: object) =>
      new Promise<{ ok: boolean; result: Record<string, unknown> }>((done) => {
        id += 1;
        replies.set(id, done);
        socket.send(JSON.stringify({ id, method, params }));
      }),
    until: async (wanted: (event: { type: string; [key: string]: unknown }) => boolean) => {
      for (let tries = 0; tries < 600; tries++) {
        if (events.some(wanted)) return;
        await new Promise((done) => setTimeout(done, 50));
      }
      throw new Error('The event did not come within 30 seconds.');
    },
  };
}

it('ends a moment after its last window, and leaves nothing behind', async () => {
  const { host, message } = await start('--until-closed');
  expect(message).toMatchObject({ type: 'listening', running: false });
  const window = await openWindow(message.url);
  expect(existsSync(join(folder.path, 'web-host.json'))).toBe(true);
  window.socket.close();
  expect(await ended(host)).toBe(0);
  expect(existsSync(join(folder.path, 'web-host.json'))).toBe(false);
});

it('is not ended by a page that reloads', async () => {
  const { host, message } = await start('--until-closed');
  (await openWindow(message.url)).socket.close();
  await new Promise((done) => setTimeout(done, 1000));
  const again = await openWindow((await askRunningInstance(folder.path, null)) ?? '');
  await new Promise((done) => setTimeout(done, 5000));
  expect(host.exitCode).toBeNull();
  expect(await again.call('app.info', {})).toMatchObject({ ok: true });
});

it('goes on training without a window, shows it to the next, and ends with the run', async () => {
  const { host, message } = await start('--until-closed');
  const first = await openWindow(message.url);
  const { result } = await first.call('train.start', { document: irisDesign(100_000), documentPath: null });
  await first.until(({ type }) => type === 'metrics');
  const alone = once(host, 'message');
  first.socket.close();
  expect((await alone)[0]).toEqual({ type: 'trainingAlone' });
  await new Promise((done) => setTimeout(done, 5000));
  expect(host.exitCode).toBeNull();

  // As `npm start` again: a second program finds the first, hands out its address and ends.
  const second = await start('--until-closed', '--file', '/designs/net.loom');
  expect(second.message.running).toBe(true);
  expect(await ended(second.host)).toBe(0);
  const window = await openWindow(second.message.url);
  expect((await window.call('app.info', {})).result.openPath).toBe('/designs/net.loom');
  await window.until(({ type, runId }) => type === 'metrics' && runId === result.runId);
  window.socket.close();
  await once(window.socket, 'close');
  const last = await openWindow((await askRunningInstance(folder.path, null)) ?? '');
  await last.call('train.stop', { runId: result.runId });
  await last.until(({ type, record }) => type === 'run' && (record as { status: string }).status === 'stopped');
  last.socket.close();
  expect(await ended(host)).toBe(0);
});

it('saves what it trains when it is told to end', async () => {
  const { host, message } = await start();
  const window = await openWindow(message.url);
  const { result } = await window.call('train.start', { document: irisDesign(100_000), documentPath: null });
  await window.until(({ type }) => type === 'metrics');
  expect(await ended(host, 'SIGINT')).toBe(0);
  const run = join(folder.path, 'runs', String(result.runId));
  expect(JSON.parse(await readFile(join(run, 'run.json'), 'utf8'))).toMatchObject({
    status: 'interrupted',
    problem: { code: 'app-closed' },
  });
  expect(existsSync(join(run, 'checkpoint.safetensors'))).toBe(true);
});

it('takes the place of a host that was killed, and finds its run resumable', async () => {
  const { host, message } = await start();
  const window = await openWindow(message.url);
  const { result } = await window.call('train.start', { document: irisDesign(100_000), documentPath: null });
  await window.until(({ type }) => type === 'metrics');
  await ended(host, 'SIGKILL');
  const next = await start();
  expect(next.message.running).toBe(false);
  const again = await openWindow(next.message.url);
  const runs = (await again.call('runs.list', {})).result as unknown as { id: string; status: string }[];
  expect(runs).toMatchObject([{ id: result.runId, status: 'interrupted' }]);
});

it('says that a port is taken', async () => {
  const { message } = await start();
  // On the same home it would hand out the first one's address instead.
  const home = join(folder.path, 'other');
  const other = fork(program, ['--port', new URL(message.url).port], {
    env: { ...process.env, LAYERLOOM_HOME: home },
    execArgv: [],
  });
  started.push(other);
  const [refused] = (await once(other, 'message')) as [{ type: string; message: string }];
  expect(refused).toMatchObject({ type: 'failed', message: expect.stringContaining('--port') });
  expect(await ended(other)).toBe(1);
});
