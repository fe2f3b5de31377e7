import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { askRunningInstance } from '../../electron/instance.ts';
import { irisDesign, temporaryFolder } from './harness.ts';
import { letInBy, openWindowSocket } from './windowSocket.ts';

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
  const [message] = (await once(host, 'message')) as [
    { type: string; url: string; page: string; running: boolean; message: string },
  ];
  return { host, message };
}

/** What a second start is given by the host that runs. */
async function anotherAddress(): Promise<string> {
  const opened = await askRunningInstance(folder.path, null);
  if (opened?.kind !== 'address') throw new Error('No host gave an address.');
  return opened.url;
}

/** A window: the cookie and the secret for the token, then the socket. */
async function openWindow(url: string) {
  const { origin } = new URL(url);
  const answer = await fetch(url, { redirect: 'manual' });
  const socket = await openWindowSocket(origin, letInBy(answer.headers.get('set-cookie'), await answer.text()));
  const events: { type: string; [key: string]: unknown }[] = [];
  const replies = new Map<number, (reply: { ok: boolean; result: Record<string, unknown> }) => void>();
  socket.on('message', (data) => {
    const message = JSON.parse(String(data));
    if ('event' in message) events.push(message.event);
    else replies.get(message.id)?.(message);
  });
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
  expect(existsSync(join(folder.path, 'instance.key'))).toBe(true);
  window.socket.close();
  expect(await ended(host)).toBe(0);
  expect(readdirSync(folder.path).filter((name) => name === 'instance.key' || name === 'open')).toEqual([]);
});

it('is not ended by a page that reloads', async () => {
  const { host, message } = await start('--until-closed');
  (await openWindow(message.url)).socket.close();
  await new Promise((done) => setTimeout(done, 1000));
  const again = await openWindow(await anotherAddress());
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
  const last = await openWindow(await anotherAddress());
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

it('is one, of any number of starts in the same instant', async () => {
  const all = await Promise.all(Array.from({ length: 6 }, () => start('--until-closed')));
  const hosts = all.filter(({ message }) => !message.running);
  expect(hosts).toHaveLength(1);
  const { origin } = new URL(hosts[0]?.message.url ?? '');
  for (const { message, host } of all) {
    expect(message).toMatchObject({ type: 'listening' });
    expect(new URL(message.url).origin).toBe(origin);
    // Each was given an address of its own, which lets it in.
    (await openWindow(message.url)).socket.terminate();
    if (message.running) expect(await ended(host)).toBe(0);
  }
}, 120_000);

it('takes no file that a host left behind, or that names another place, for a running one', async () => {
  const asked: string[] = [];
  const impostor = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.end(JSON.stringify({ url: 'https://evil.example/' }));
  });
  await new Promise<void>((done) => impostor.listen(0, '127.0.0.1', done));
  try {
    const { port } = impostor.address() as AddressInfo;
    await mkdir(folder.path, { recursive: true });
    await writeFile(
      join(folder.path, 'web-host.json'),
      JSON.stringify({ pid: process.pid, port, key: 'k'.repeat(43) }),
    );
    await writeFile(join(folder.path, 'instance.key'), 'k'.repeat(43));
    const { message } = await start();
    expect(message).toMatchObject({ type: 'listening', running: false });
    expect(asked).toEqual([]);
  } finally {
    impostor.close();
  }
});

it.skipIf(process.platform === 'win32')('hands the token over by a page that only the user can read', async () => {
  const { message } = await start();
  const token = new URL(message.url).searchParams.get('token') ?? 'none';
  expect(message.page).toMatch(/^file:.*\.html$/);
  expect(message.page).not.toContain(token);
  const file = fileURLToPath(message.page);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(statSync(join(folder.path, 'open')).mode & 0o777).toBe(0o700);
  expect(readFileSync(file, 'utf8')).toContain(token);
  await openWindow(message.url);
  expect(existsSync(file)).toBe(false);
});
