import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { type Host, MAX_MESSAGE_LENGTH } from '../core/host/node.ts';
import { securityHeaders } from './securityHeaders.ts';
import { staticFile } from './staticFiles.ts';

const ADDRESS = '127.0.0.1';
const OUTSTANDING_TOKENS = 32;
const MAX_LAUNCH_BYTES = 16_384;

export interface WebServerOptions {
  readonly host: Host;
  readonly rendererDir: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Told how many windows are connected, at each change. */
  onWindows?(count: number): void;
}

export interface WebServer {
  readonly port: number;
  readonly origin: string;
  /** Lets another process of the same user, which has read it from a file, ask for an address (`POST /launch`). */
  readonly launchKey: string;
  /** An address that opens the app once: its token is exchanged for a cookie at the first use. */
  launchUrl(): string;
  readonly windows: number;
  close(): Promise<void>;
}

const digest = (text: string) => createHash('sha256').update(text).digest();
const same = (given: string, secret: string) => timingSafeEqual(digest(given), digest(secret));

function cookies(request: IncomingMessage): ReadonlyMap<string, string> {
  return new Map(
    (request.headers.cookie ?? '').split(';').flatMap((part): [string, string][] => {
      const at = part.indexOf('=');
      return at < 0 ? [] : [[part.slice(0, at).trim(), part.slice(at + 1).trim()]];
    }),
  );
}

function page(response: ServerResponse, status: number, sentence: string) {
  response
    .writeHead(status, { ...securityHeaders(null), 'Content-Type': 'text/plain; charset=utf-8' })
    .end(`${sentence}\n`);
}

/**
 * The UI and its host on the loopback address. Other programs and web pages on this machine can reach that address too, so every request
 * must name exactly this host (no DNS rebinding), come from no other site, and carry the cookie that only a one-time token buys.
 */
export async function startWebServer({
  host,
  rendererDir,
  port: wanted,
  onWindows,
}: WebServerOptions): Promise<WebServer> {
  const secret = randomBytes(32).toString('base64url');
  const launchKey = randomBytes(32).toString('base64url');
  const tokens = new Set<string>();
  const windows = new Set<WebSocket>();
  let origin = '';
  let authority = '';
  // Cookies do not know ports; the name keeps two hosts on one machine apart.
  let cookieName = '';

  const launchUrl = () => {
    const token = randomBytes(32).toString('base64url');
    tokens.add(token);
    for (const oldest of tokens) if (tokens.size > OUTSTANDING_TOKENS) tokens.delete(oldest);
    return `${origin}/?token=${token}`;
  };

  /** Why a request is refused, or null. */
  const foreign = (request: IncomingMessage): string | null => {
    if (request.headers.host !== authority) return `This server answers only to ${authority}.`;
    if (request.headers.origin !== undefined && request.headers.origin !== origin)
      return 'Requests of other sites are refused.';
    const site = request.headers['sec-fetch-site'];
    if (site !== undefined && site !== 'same-origin' && site !== 'none') return 'Requests of other sites are refused.';
    return null;
  };
  const signedIn = (request: IncomingMessage) => same(cookies(request).get(cookieName) ?? '', secret);

  const launch = async (request: IncomingMessage, response: ServerResponse) => {
    const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
    if (request.headers.origin !== undefined || !same(bearer, launchKey)) return page(response, 403, 'Refused.');
    let body = '';
    for await (const chunk of request.setEncoding('utf8')) {
      body += String(chunk);
      if (body.length > MAX_LAUNCH_BYTES) return page(response, 413, 'Too long.');
    }
    const file: unknown = JSON.parse(body).file;
    if (file !== null && typeof file !== 'string') return page(response, 400, 'Expected {"file": path or null}.');
    host.setOpenPath(file);
    response.writeHead(200, { ...securityHeaders(null), 'Content-Type': 'application/json' });
    response.end(JSON.stringify({ url: launchUrl() }));
  };

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const refusal = foreign(request);
    if (refusal !== null) return page(response, 403, refusal);
    // Put together, not resolved: `//name/` would resolve to another host.
    const url = new URL(`${origin}${request.url?.startsWith('/') ? request.url : '/'}`);
    if (request.method === 'POST' && url.pathname === '/launch') return await launch(request, response);
    if (request.method !== 'GET' && request.method !== 'HEAD') return page(response, 405, 'Only GET is answered here.');
    const token = url.searchParams.get('token');
    if (url.pathname === '/' && token !== null && request.method === 'GET') {
      const good = tokens.delete(token);
      if (!good && !signedIn(request))
        return page(
          response,
          403,
          'This address has been used already. Run `npm start` again: it opens a window of the same Layerloom.',
        );
      const cookie = `${cookieName}=${secret}; HttpOnly; SameSite=Strict; Path=/`;
      response.writeHead(303, {
        ...securityHeaders(null),
        ...(good && { 'Set-Cookie': cookie }),
        Location: '/',
        'Cache-Control': 'no-store',
      });
      response.end();
      return;
    }
    if (!signedIn(request))
      return page(response, 403, 'Open Layerloom with `npm start`; this address alone does not let you in.');
    const file = await staticFile(rendererDir, url.pathname);
    if (!file) return page(response, 404, 'There is no such file.');
    response.writeHead(200, {
      ...securityHeaders(`ws://${authority}`),
      'Content-Type': file.type,
      'Content-Length': file.body.length,
      'Cache-Control': file.immutable ? 'private, max-age=31536000, immutable' : 'no-store',
    });
    response.end(request.method === 'HEAD' ? undefined : file.body);
  };

  const server = createServer((request, response) => {
    answer(request, response).catch(() => {
      if (!response.headersSent) page(response, 400, 'The request could not be read.');
      else response.destroy();
    });
  });

  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_MESSAGE_LENGTH + 2 ** 20,
    perMessageDeflate: false,
  });
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    const allowed =
      foreign(request) === null &&
      request.headers.origin === origin && // Browsers always send it with a WebSocket.
      request.url === '/host' &&
      signedIn(request);
    if (!allowed) {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (window) => {
      windows.add(window);
      const stop = host.onEvent((message) => window.send(message));
      window.on('message', (data, binary) => {
        // Binary frames are no part of the contract; the empty message is answered with a problem.
        host.handle(binary ? '' : data.toString()).then((reply) => window.send(reply));
      });
      window.on('error', () => window.terminate());
      window.on('close', () => {
        stop();
        windows.delete(window);
        onWindows?.(windows.size);
      });
      onWindows?.(windows.size);
    });
  });

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: ADDRESS, port: wanted, exclusive: true }, resolve);
  });
  const { port } = server.address() as AddressInfo; // Of a TCP server that listens, it is one.
  authority = `${ADDRESS}:${port}`;
  origin = `http://${authority}`;
  cookieName = `layerloom-${port}`;

  return {
    port,
    origin,
    launchKey,
    launchUrl,
    get windows() {
      return windows.size;
    },
    close: async () => {
      for (const window of windows) window.close(1001, 'Layerloom is closing');
      // A page that does not answer the farewell must not keep the program alive.
      setTimeout(() => {
        for (const window of windows) window.terminate();
      }, 500).unref();
      server.closeIdleConnections();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        setTimeout(() => server.closeAllConnections(), 600).unref();
      });
    },
  };
}
