import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { get, type IncomingHttpHeaders, request } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { Host } from '../../core/host/node.ts';
import { startWebServer, type WebServer } from '../../electron/webServer.ts';
import { startHost, temporaryFolder } from './harness.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let host: Host;
let server: WebServer;

beforeEach(async () => {
  folder = await temporaryFolder();
  const rendererDir = join(folder.path, 'renderer');
  await mkdir(join(rendererDir, 'assets'), { recursive: true });
  await writeFile(join(rendererDir, 'index.html'), '<!doctype html><title>app</title>');
  await writeFile(join(rendererDir, 'assets/index-1a2b.js'), 'export {};');
  await writeFile(join(folder.path, 'secret.json'), '{"secret":true}');
  await symlink(join(folder.path, 'secret.json'), join(rendererDir, 'assets/link.json'));
  host = await startHost(join(folder.path, 'home'));
  server = await startWebServer({ host, rendererDir, port: 0 });
});
afterEach(async () => {
  await server.close();
  await host.close();
  await folder.remove();
});

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Sends the path as it is: no client tidies `..` away. */
function ask(path: string, headers: Record<string, string> = {}, method = 'GET', body = ''): Promise<Answer> {
  return new Promise((done, reject) => {
    const asked = request({ host: '127.0.0.1', port: server.port, path, method, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk) => {
        text += chunk;
      });
      response.on('end', () => done({ status: response.statusCode ?? 0, headers: response.headers, body: text }));
    });
    asked.on('error', reject).end(body);
  });
}

const pathOf = (url: string) => url.slice(server.origin.length);

async function signIn(): Promise<string> {
  const { status, headers } = await ask(pathOf(server.launchUrl()));
  expect(status).toBe(303);
  return String(headers['set-cookie']?.[0]).split(';')[0] ?? '';
}

function openSocket(
  headers: Record<string, string>,
  path = '/host',
): Promise<{ socket: WebSocket | null; status: number }> {
  return new Promise((done) => {
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}${path}`, { headers });
    socket.on('open', () => done({ socket, status: 101 }));
    socket.on('unexpected-response', (_request, response) => done({ socket: null, status: response.statusCode ?? 0 }));
    socket.on('error', () => undefined);
  });
}

describe('who is let in', () => {
  it('exchanges a token once for a cookie that scripts and other sites cannot use', async () => {
    const path = pathOf(server.launchUrl());
    const first = await ask(path);
    expect(first.status).toBe(303);
    expect(first.headers.location).toBe('/');
    expect(first.headers['set-cookie']?.[0]).toMatch(/^layerloom-\d+=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/$/);
    const second = await ask(path);
    expect(second.status).toBe(403);
    expect(second.headers['set-cookie']).toBeUndefined();
    expect(second.body).toContain('npm start');
  });

  it('answers nothing without the cookie', async () => {
    for (const path of ['/', '/index.html', '/assets/index-1a2b.js', '/?token=wrong', '/?token=', '/nothing'])
      expect((await ask(path)).status, path).toBe(403);
    expect((await ask('/', { cookie: `layerloom-${server.port}=wrong` })).status).toBe(403);
    expect((await ask('/', { cookie: await signIn() })).status).toBe(200);
  });

  it('answers to its own name only', async () => {
    const cookie = await signIn();
    for (const name of [
      `localhost:${server.port}`,
      'evil.example',
      '127.0.0.1',
      `127.0.0.1:${server.port + 1}`,
      `evil.example:${server.port}`,
    ])
      expect((await ask('/', { cookie, host: name })).status, name).toBe(403);
    expect((await ask(pathOf(server.launchUrl()), { host: `evil.example:${server.port}` })).status).toBe(403);
  });

  it('refuses other sites, even on the same machine', async () => {
    const cookie = await signIn();
    for (const origin of [
      'https://evil.example',
      'null',
      `http://localhost:${server.port}`,
      `http://127.0.0.1:${server.port + 1}`,
    ])
      expect((await ask('/', { cookie, origin })).status, origin).toBe(403);
    for (const site of ['cross-site', 'same-site'])
      expect((await ask('/', { cookie, 'sec-fetch-site': site })).status, site).toBe(403);
    for (const site of ['none', 'same-origin'])
      expect((await ask('/', { cookie, 'sec-fetch-site': site })).status, site).toBe(200);
  });

  it('listens on the loopback address only', async () => {
    const { networkInterfaces } = await import('node:os');
    const outside = Object.values(networkInterfaces())
      .flat()
      .find((entry) => entry?.family === 'IPv4' && !entry.internal)?.address;
    // Another loopback address stands in where the machine has no network: it must not be bound either.
    const refused = await new Promise<string>((done) => {
      const socket = connect({ host: outside ?? '127.0.0.2', port: server.port });
      socket
        .on('connect', () => done('connected'))
        .on('error', (error) => done('code' in error ? String(error.code) : 'error'));
    });
    expect(refused).toBe('ECONNREFUSED');
  });

  it('gives an address to a process that knows the launch key, and to no page', async () => {
    const authorization = `Bearer ${server.launchKey}`;
    const good = await ask('/launch', { authorization }, 'POST', '{"file":"/a/b.loom"}');
    expect(good.status).toBe(200);
    expect((await ask(pathOf(JSON.parse(good.body).url))).status).toBe(303);
    expect(JSON.parse(await host.handle('{"id":1,"method":"app.info","params":{}}')).result.openPath).toBe('/a/b.loom');
    expect((await ask('/launch', { authorization: 'Bearer wrong' }, 'POST', '{"file":null}')).status).toBe(403);
    expect((await ask('/launch', { authorization, origin: server.origin }, 'POST', '{"file":null}')).status).toBe(403);
    expect((await ask('/launch', { authorization }, 'POST', 'not json')).status).toBe(400);
    expect((await ask('/launch', { authorization }, 'POST', `"${'x'.repeat(20_000)}"`)).status).toBe(413);
    expect((await ask('/', { cookie: await signIn() }, 'DELETE')).status).toBe(405);
  });
});

describe('files', () => {
  it('serves the app with a policy that lets in nothing foreign', async () => {
    const cookie = await signIn();
    const { status, headers, body } = await ask('/', { cookie });
    expect({ status, body }).toEqual({ status: 200, body: '<!doctype html><title>app</title>' });
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['cache-control']).toBe('no-store');
    const script = await ask('/assets/index-1a2b.js', { cookie });
    expect(script.headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect(script.headers['cache-control']).toContain('immutable');
  });

  it('serves nothing outside of the renderer', async () => {
    const cookie = await signIn();
    for (const path of [
      '/../secret.json',
      '/assets/../../secret.json',
      '/%2e%2e/secret.json',
      '/..%2fsecret.json',
      '/assets/..%5c..%5csecret.json',
      '/assets/%00/../secret.json',
      '//secret.json',
      '/%E0%A4%A',
      '/assets/link.json',
      '/assets',
      `/${join(folder.path, 'secret.json')}`,
    ])
      expect([403, 404], path).toContain((await ask(path, { cookie })).status);
  });
});

describe('the socket', () => {
  it('is opened by the app alone', async () => {
    const cookie = await signIn();
    const { origin } = server;
    expect((await openSocket({})).status).toBe(403);
    expect((await openSocket({ cookie })).status).toBe(403);
    expect((await openSocket({ origin })).status).toBe(403);
    expect((await openSocket({ cookie, origin: 'https://evil.example' })).status).toBe(403);
    expect((await openSocket({ cookie, origin, host: 'evil.example' })).status).toBe(403);
    expect((await openSocket({ cookie, origin, 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await openSocket({ cookie, origin }, '/other')).status).toBe(403);
    const { socket, status } = await openSocket({ cookie, origin });
    expect(status).toBe(101);
    expect(server.windows).toBe(1);
    socket?.close();
  });

  it('carries requests, events and problems, and survives garbage', async () => {
    const { socket } = await openSocket({ cookie: await signIn(), origin: server.origin });
    if (!socket) throw new Error('not opened');
    const next = () =>
      new Promise<Record<string, unknown>>((done) => socket.once('message', (data) => done(JSON.parse(String(data)))));
    socket.send('{"id":1,"method":"settings.get","params":{}}');
    expect(await next()).toMatchObject({ id: 1, ok: true, result: { theme: 'system' } });
    socket.send('garbage');
    expect(await next()).toMatchObject({ ok: false, problem: { code: 'invalid-message' } });
    socket.send(Buffer.from([1, 2, 3]));
    expect(await next()).toMatchObject({ ok: false, problem: { code: 'invalid-message' } });
    host.emit({ type: 'openFile', path: '/x.loom' });
    expect(await next()).toEqual({ event: { type: 'openFile', path: '/x.loom' } });
    const closed = new Promise<number>((done) => socket.once('close', done));
    socket.send(Buffer.alloc(160 * 2 ** 20, 97), { binary: false }, () => undefined);
    expect([1006, 1009]).toContain(await closed);
    expect((await ask('/', { cookie: await signIn() })).status).toBe(200);
  });
});

it('keeps its key where only the user can read it', async () => {
  const { stat } = await import('node:fs/promises');
  const { askRunningInstance, removeInstance, writeInstance } = await import('../../electron/instance.ts');
  const home = join(folder.path, 'home');
  await writeInstance(home, server.port, server.launchKey);
  const file = join(home, 'web-host.json');
  if (process.platform !== 'win32') expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(JSON.parse(await readFile(file, 'utf8')).port).toBe(server.port);
  const url = await askRunningInstance(home, null);
  expect(url).toMatch(/\?token=/);
  expect(await new Promise((done) => get(String(url), (response) => done(response.statusCode)))).toBe(303);
  await removeInstance(home);
  expect(await askRunningInstance(home, null)).toBeNull();
});
