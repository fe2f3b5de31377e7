import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { CHOICE_META } from '../../core/host/index.ts';
import { createChooser, type Host } from '../../core/host/node.ts';
import { handOver } from '../../electron/handOver.ts';
import { startWebServer, type WebServer } from '../../electron/webServer.ts';
import { connectTo, startHost, temporaryFolder } from './harness.ts';
import { rawRequest } from './rawRequest.ts';
import { letInBy, openWindowSocket } from './windowSocket.ts';

// The page of a file dialog, on an origin of its own: who may open it, and what its channel and the window's are worth to each other.
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let host: Host;
let server: WebServer;
let cookies: { readonly app: string; readonly dialog: string };
let windowSecret: string;

beforeEach(async () => {
  folder = await temporaryFolder();
  const rendererDir = join(folder.path, 'renderer');
  await mkdir(join(rendererDir, 'assets'), { recursive: true });
  await writeFile(join(rendererDir, 'index.html'), 'the app');
  await writeFile(join(rendererDir, 'chooser.html'), '<head><title>dialog</title></head>');
  await writeFile(join(rendererDir, 'assets/a-1.js'), 'export {};');
  const chooser = createChooser((id) => server.dialogAddress(id));
  host = await startHost(join(folder.path, 'home'), { dialogs: chooser.dialogs });
  server = await startWebServer({ host, chooser, handOver: handOver(folder.path), rendererDir, port: 0 });
  const { headers, body } = await rawRequest(server.port, server.launch().url.slice(server.origin.length));
  const [app = '', dialog = ''] = (headers['set-cookie'] ?? []).map((cookie) => cookie.split(';')[0] ?? '');
  cookies = { app, dialog };
  windowSecret = letInBy(app, body).secret;
});
afterEach(async () => {
  await server.close();
  await host.close();
  await folder.remove();
});

/** How a browser asks for a page in a frame of the app. */
const FRAMED = { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' };

async function show() {
  const { dialog, url } = await connectTo(host).call('dialog.show', { what: 'design.save', name: 'net.loom' });
  const { origin, port, pathname, search, searchParams } = new URL(url ?? '');
  return { dialog, origin, port: Number(port), path: pathname + search, id: searchParams.get('choice') ?? '' };
}

const secretIn = (body: string) =>
  new RegExp(`name="${CHOICE_META}" content="\\S+ ([\\w-]{43})"`).exec(body)?.[1] ?? '';

it('opens its page once, in a frame of the app alone', async () => {
  const { origin, port, path } = await show();
  expect(origin).not.toBe(server.origin);
  const ask = (headers: Record<string, string>, at = path) => rawRequest(port, at, { headers });
  const cookie = `${cookies.app}; ${cookies.dialog}`;
  for (const [why, headers] of Object.entries({
    'no cookie': FRAMED,
    'the app’s cookie': { ...FRAMED, cookie: cookies.app },
    'as a page of its own': { ...FRAMED, cookie, 'sec-fetch-dest': 'document' },
    'read by a script of the app': { ...FRAMED, cookie, 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' },
    'another site': { ...FRAMED, cookie, 'sec-fetch-site': 'cross-site' },
    'another name': { ...FRAMED, cookie, host: `localhost:${port}` },
    'no browser': { cookie },
  }))
    expect((await ask(headers)).status, why).toBe(403);
  expect((await ask({ ...FRAMED, cookie }, '/?choice=wrong')).status).toBe(403);
  expect((await ask({ ...FRAMED, cookie }, `/${new URL(server.launch().url).search}`)).status).toBe(403);

  const page = await ask({ ...FRAMED, cookie });
  expect(page.status).toBe(200);
  expect(secretIn(page.body)).toMatch(/^[\w-]{43}$/);
  const policy = String(page.headers['content-security-policy']);
  expect(policy).toContain(`frame-ancestors ${server.origin}`);
  expect(policy).toContain("default-src 'none'; script-src 'self';");
  expect(page.headers['cache-control']).toBe('no-store');
  expect((await ask({ ...FRAMED, cookie })).status).toBe(403);
  // Its files, to itself; the app and its channel are not there.
  expect((await ask({ cookie, 'sec-fetch-site': 'same-origin' }, '/assets/a-1.js')).status).toBe(200);
  expect((await ask({ cookie, 'sec-fetch-site': 'same-site' }, '/assets/a-1.js')).status).toBe(403);
  expect((await ask({ cookie: cookies.app }, '/assets/a-1.js')).status).toBe(403);
  for (const other of ['/index.html', '/chooser.html', '/host', '/assets/../index.html'])
    expect([403, 404], other).toContain((await ask({ cookie }, other)).status);
  // The app may frame it, and is itself framed by nobody.
  const app = await rawRequest(server.port, '/', { headers: { cookie: cookies.app } });
  expect(app.headers['content-security-policy']).toContain(`frame-src ${origin}`);
  expect(app.headers['content-security-policy']).toContain("frame-ancestors 'none'");
});

it('its channel and the window’s are worth nothing to each other', async () => {
  const { origin, port, path, id } = await show();
  const cookie = `${cookies.app}; ${cookies.dialog}`;
  const channel = `/choice?choice=${id}`;
  // Before its page is served there is none.
  await expect(openWindowSocket(origin, { cookie, secret: windowSecret }, channel)).rejects.toThrow('403');
  const secret = secretIn((await rawRequest(port, path, { headers: { ...FRAMED, cookie } })).body);
  for (const [why, open] of Object.entries({
    'the app’s cookie': () => openWindowSocket(origin, { cookie: cookies.app, secret }, channel),
    'the window’s secret': () => openWindowSocket(origin, { cookie, secret: windowSecret }, channel),
    'the window’s channel here': () => openWindowSocket(origin, { cookie, secret: windowSecret }, '/host'),
    'the dialog’s secret there': () => openWindowSocket(server.origin, { cookie, secret }),
    'the dialog’s cookie there': () =>
      openWindowSocket(server.origin, { cookie: cookies.dialog, secret: windowSecret }),
    'the dialog’s channel there': () => openWindowSocket(server.origin, { cookie, secret }, channel),
  }))
    await expect(open(), why).rejects.toThrow(/403/);

  const window = await openWindowSocket(server.origin, { cookie: cookies.app, secret: windowSecret });
  const page = await openWindowSocket(origin, { cookie: cookies.dialog, secret }, channel);
  const askOn = async (socket: typeof page, method: string, params: object) => {
    const next = once(socket, 'message');
    socket.send(JSON.stringify({ id: 1, method, params }));
    return JSON.parse(String((await next)[0])) as { ok: boolean; problem?: { code: string } };
  };
  for (const method of ['files.list', 'files.createFolder', 'choice.take', 'choice.get'])
    expect(await askOn(window, method, { directory: '/', name: 'x', path: '/x.loom' })).toMatchObject({
      ok: false,
      problem: { code: 'invalid-message' },
    });
  for (const method of ['documents.open', 'settings.get', 'train.start', 'dialog.show'])
    expect(await askOn(page, method, { path: '/x.loom' })).toMatchObject({
      ok: false,
      problem: { code: 'invalid-message' },
    });
  expect((await askOn(page, 'files.list', { directory: folder.path })).ok).toBe(true);
  window.close();
  page.close();
});

it('gives the window what was chosen, and nothing before', async () => {
  const { dialog, origin, port, path, id } = await show();
  const cookie = cookies.dialog;
  const target = join(folder.path, 'net.loom');
  const window = connectTo(host);
  const save = () => window.call('documents.save', { path: target, text: 'text', known: null });
  await expect(save()).rejects.toMatchObject({ problem: { code: 'not-granted' } });
  const secret = secretIn((await rawRequest(port, path, { headers: { ...FRAMED, cookie } })).body);
  const page = await openWindowSocket(origin, { cookie, secret }, `/choice?choice=${id}`);
  page.send(JSON.stringify({ id: 1, method: 'choice.take', params: { path: target } }));
  expect(await window.call('dialog.answer', { dialog })).toEqual({ path: target, asked: false });
  expect((await save()).path).toBe(target);
  page.close();
  const cancelled = await show();
  await window.call('dialog.cancel', { dialog: cancelled.dialog });
  expect((await window.call('dialog.answer', { dialog: cancelled.dialog })).path).toBeNull();
});
