import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { createSocketTransport, newNonce, proofOf } from '../../core/host/index.ts';
import { createChooser, type Host } from '../../core/host/node.ts';
import { handOver } from '../../electron/handOver.ts';
import { startWebServer, type WebServer } from '../../electron/webServer.ts';
import { startHost, temporaryFolder } from './harness.ts';
import { rawRequest } from './rawRequest.ts';
import { type LetIn, letInBy, openWindowSocket } from './windowSocket.ts';

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
  await writeFile(join(rendererDir, 'chooser.html'), '<!doctype html><head><title>dialog</title></head>');
  const chooser = createChooser((id) => server.dialogAddress(id));
  host = await startHost(join(folder.path, 'home'), { dialogs: chooser.dialogs });
  const made = handOver(join(folder.path, 'home'));
  server = await startWebServer({ host, chooser, handOver: made, rendererDir, port: 0 });
});
afterEach(async () => {
  await server.close();
  await host.close();
  await folder.remove();
});

const ask = (path: string, headers: Record<string, string> = {}, method = 'GET', body = '') =>
  rawRequest(server.port, path, { headers, method, body });

const pathOf = (url: string) => url.slice(server.origin.length);

async function enter(): Promise<LetIn> {
  const { status, headers, body } = await ask(pathOf(server.launch().url));
  expect(status).toBe(200);
  return letInBy(headers['set-cookie']?.[0], body);
}

async function signIn(): Promise<string> {
  return (await enter()).cookie;
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
    const path = pathOf(server.launch().url);
    const first = await ask(path);
    expect(first.status).toBe(200);
    // Only the page that the token bought says the secret, by a script that the policy names.
    expect(letInBy(undefined, first.body).secret).toMatch(/^[\w-]{43}$/);
    const nonce = /<script nonce="([\w-]+)">/.exec(first.body)?.[1];
    expect(first.headers['content-security-policy']).toContain(`default-src 'none'; script-src 'nonce-${nonce}'`);
    expect(first.headers['cache-control']).toBe('no-store');
    expect(first.headers['set-cookie']?.[0]).toMatch(/^layerloom-\d+=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/$/);
    const second = await ask(path);
    expect(second.status).toBe(403);
    expect(second.headers['set-cookie']).toBeUndefined();
    expect(second.body).toContain('npm start');
    // A window that is in already is led on, and is told no secret for its cookie.
    const cookie = String(first.headers['set-cookie']?.[0]).split(';')[0] ?? '';
    const third = await ask(path, { cookie });
    expect(third).toMatchObject({ status: 303, body: '' });
    expect(third.headers.location).toBe('/');
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
    expect((await ask(pathOf(server.launch().url), { host: `evil.example:${server.port}` })).status).toBe(403);
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

  it('takes a token from a page that is a file, once, and from no other page', async () => {
    const launch = server.launch();
    const file = fileURLToPath(launch.page);
    const token = new URL(launch.url).searchParams.get('token') ?? '';
    const post = (headers: Record<string, string>, body: string) => ask('/enter', headers, 'POST', body);
    expect((await post({ origin: 'https://evil.example' }, `token=${token}`)).status).toBe(403);
    expect((await post({ origin: `http://127.0.0.1:${server.port + 1}` }, `token=${token}`)).status).toBe(403);
    expect((await post({ origin: 'null', host: `evil.example:${server.port}` }, `token=${token}`)).status).toBe(403);
    expect((await post({ origin: 'null' }, 'token=wrong')).status).toBe(403);
    expect((await post({ origin: 'null' }, `token=${'x'.repeat(5000)}`)).status).toBe(413);
    expect(existsSync(file)).toBe(true);
    const good = await post({ origin: 'null', 'sec-fetch-site': 'cross-site' }, `token=${token}`);
    expect(good.status).toBe(200);
    expect(letInBy(good.headers['set-cookie']?.[0], good.body)).toMatchObject({
      cookie: expect.stringMatching(/^layerloom-/),
      secret: expect.stringMatching(/^[\w-]{43}$/),
    });
    // Used up, and the page taken away.
    expect((await post({ origin: 'null' }, `token=${token}`)).status).toBe(403);
    expect(existsSync(file)).toBe(false);
    expect((await ask('/', { cookie: await signIn() }, 'DELETE')).status).toBe(405);
    expect((await ask('/launch', { cookie: await signIn() }, 'POST', '{"file":null}')).status).toBe(405);
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
    const socket = await openWindowSocket(origin, await enter());
    await expect.poll(() => server.windows).toBe(1);
    socket.close();
  });

  it('answers nothing to the cookie alone: the window proves that it knows the secret, and so does the host', async () => {
    const { cookie, secret } = await enter();
    const { origin } = server;
    const opened = () => new WebSocket(`${origin.replace('http', 'ws')}/host`, { headers: { cookie, origin } });
    const heard = (socket: WebSocket) => {
      const texts: string[] = [];
      socket.on('message', (data) => texts.push(String(data)));
      return texts;
    };
    const request = '{"id":1,"method":"app.info","params":{}}';
    const own = newNonce();
    for (const first of [
      () => request,
      () => 'garbage',
      () => JSON.stringify({ secret }),
      () => JSON.stringify({ nonce: own, proof: '' }),
      async (nonce: string) =>
        JSON.stringify({ nonce: own, proof: await proofOf('x'.repeat(43), 'window', nonce, own) }),
      // What the host says to prove itself proves nothing of a window.
      async (nonce: string) => JSON.stringify({ nonce: own, proof: await proofOf(secret, 'host', nonce, own) }),
      // Nor does a proof that was good for another connection.
      async () => JSON.stringify({ nonce: own, proof: await proofOf(secret, 'window', newNonce(), own) }),
    ]) {
      const socket = opened();
      const texts = heard(socket);
      const [challenge] = await once(socket, 'message');
      host.emit({ type: 'openFile', path: '/secret.loom' });
      const closed = once(socket, 'close');
      socket.send(await first((JSON.parse(String(challenge)) as { nonce: string }).nonce));
      socket.send(request);
      expect((await closed)[0]).toBe(4403);
      expect(texts).toHaveLength(1);
      expect(server.windows).toBe(0);
    }
  });

  it('carries requests, events and problems, and survives garbage', async () => {
    const socket = await openWindowSocket(server.origin, await enter());
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

describe('a page’s own transport', () => {
  // Node has none before version 22.
  beforeEach(() => void vi.stubGlobal('WebSocket', WebSocket));
  afterEach(() => void vi.unstubAllGlobals());
  const sendable = '{"id":7,"method":"settings.get","params":{}}';

  it('says nothing to a host that does not know the secret: the port of one that has ended may be anyone’s', async () => {
    const impostor = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    const texts: string[] = [];
    impostor.on('connection', (socket) => {
      socket.on('message', (data) => {
        texts.push(String(data));
        socket.send(JSON.stringify({ proof: 'f'.repeat(64) }));
        socket.send(JSON.stringify({ event: { type: 'openFile', path: '/evil.loom' } }));
      });
      socket.send(JSON.stringify({ nonce: newNonce() }));
    });
    await once(impostor, 'listening');
    const { port } = impostor.address() as AddressInfo;
    const transport = createSocketTransport(`ws://127.0.0.1:${port}/host`, 'a secret');
    const heard: string[] = [];
    const connections: boolean[] = [];
    transport.onMessage((message) => heard.push(message));
    transport.onConnection((connected) => connections.push(connected));
    transport.send(sendable);
    await expect.poll(() => texts.length).toBeGreaterThanOrEqual(2);
    expect(texts.join()).not.toContain('settings.get');
    expect(texts.join()).not.toContain('a secret');
    expect({ heard, connections }).toEqual({ heard: [], connections: [] });
    for (const client of impostor.clients) client.close(4403);
    impostor.close();
  });

  it('tells a window without the secret that it is not let in', async () => {
    const transport = createSocketTransport('ws://127.0.0.1:9/host', null);
    const told = new Promise<boolean>((done) => transport.onConnection(done));
    expect(await told).toBe(false);
    expect(() => transport.send(sendable)).toThrow(/not opened by the Layerloom that runs now.*npm start/);
  });
});
