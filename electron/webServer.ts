import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import { WINDOW_SECRET_KEY } from '../core/host/index.ts';
import type { Chooser, Host } from '../core/host/node.ts';
import { MAX_MESSAGE_LENGTH } from '../core/rpc/index.ts';
import { admit } from './admit.ts';
import { startChooserServer } from './chooserServer.ts';
import type { HandOver } from './handOver.ts';
import {
  addressOf,
  endServer,
  foreign,
  listen,
  NOWHERE,
  ownCookie,
  type Place,
  refuseSocket,
  say,
} from './loopback.ts';
import { securityHeaders } from './securityHeaders.ts';
import { staticFile } from './staticFiles.ts';

const OUTSTANDING_TOKENS = 32;
const MAX_FORM_BYTES = 1024;

export interface WebServerOptions {
  readonly host: Host;
  /** The host's file dialogs, whose pages are served beside the app. */
  readonly chooser: Chooser;
  /** Makes the pages that carry tokens to browsers. */
  readonly handOver: HandOver;
  readonly rendererDir: string;
  /** 0 takes any free port. File dialogs take the next one, so that a tunnel can be told both. */
  readonly port: number;
  /** Told how many windows are connected, at each change. */
  onWindows?(count: number): void;
}

export interface Launch {
  readonly url: string;
  /** Address (file:) of a page that posts the token. */
  readonly page: string;
}

export interface WebServer {
  readonly port: number;
  readonly origin: string;
  /**
   * Lets one window in, once: by an address, for people to open, or by a page that only the user can read, for programs to open. Its token
   * is exchanged for the cookie and the window's secret.
   */
  launch(): Launch;
  /** Address of the page of a file dialog. */
  dialogAddress(id: string): string;
  readonly windows: number;
  close(): Promise<void>;
}

const USED = 'This address has been used already. Run `npm start` again: it opens a window of the same Layerloom.';

/**
 * The UI and its host on the loopback address. Other programs and web pages on this machine can reach that address too, so every request
 * must name exactly this host (no DNS rebinding), come from no other site, and carry the cookie that only a one-time token buys; a window
 * besides proves that it knows the secret that came with the cookie.
 */
export async function startWebServer({
  host,
  chooser,
  handOver,
  rendererDir,
  port: wanted,
  onWindows,
}: WebServerOptions): Promise<WebServer> {
  // A cookie goes to every server on this address, whatever its port. What a page keeps for itself does not, and is not sent either.
  const windowSecret = randomBytes(32).toString('base64url');
  const tokens = new Set<string>();
  const windows = new Set<WebSocket>();
  let place: Place = NOWHERE;
  const dialogs = await startChooserServer({
    chooser,
    rendererDir,
    appOrigin: () => place.origin,
    port: wanted === 0 ? 0 : wanted + 1,
  });
  let cookie = ownCookie('');

  const launch = (): Launch => {
    const token = randomBytes(32).toString('base64url');
    tokens.add(token);
    for (const oldest of tokens)
      if (tokens.size > OUTSTANDING_TOKENS) {
        tokens.delete(oldest);
        handOver.used(oldest);
      }
    return { url: `${place.origin}/?token=${token}`, page: handOver.page(place.origin, token) };
  };
  const spend = (token: string) => {
    handOver.used(token);
    return tokens.delete(token);
  };

  /** The cookie, and a page that keeps the secret where no other origin sees it, and goes on to the app. */
  const letIn = (response: ServerResponse) => {
    const nonce = randomBytes(16).toString('base64url');
    response.writeHead(200, {
      ...securityHeaders({}),
      'Content-Security-Policy': `default-src 'none'; script-src 'nonce-${nonce}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
      'Content-Type': 'text/html; charset=utf-8',
      'Cache-Control': 'no-store',
      'Set-Cookie': [cookie.set, dialogs.cookie.set],
    });
    response.end(
      `<!doctype html><title>Layerloom</title><script nonce="${nonce}">localStorage.setItem('${WINDOW_SECRET_KEY}', '${windowSecret}'); location.replace('/');</script>`,
    );
  };

  /** What a hand-over page posts. It is a file, of no origin, so that only the token speaks for it. */
  const enter = async (request: IncomingMessage, response: ServerResponse) => {
    const { origin: from = 'null' } = request.headers;
    if (request.headers.host !== place.authority || (from !== 'null' && from !== place.origin))
      return say(response, 403, 'Refused.');
    let body = '';
    for await (const chunk of request.setEncoding('utf8')) {
      body += String(chunk);
      if (body.length > MAX_FORM_BYTES) return say(response, 413, 'Too long.');
    }
    if (spend(new URLSearchParams(body).get('token') ?? '')) letIn(response);
    else say(response, 403, USED);
  };

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    if (request.method === 'POST' && request.url === '/enter') return await enter(request, response);
    const refusal = foreign(request, place);
    if (refusal !== null) return say(response, 403, refusal);
    const url = addressOf(request, place);
    if (request.method !== 'GET' && request.method !== 'HEAD') return say(response, 405, 'Only GET is answered here.');
    const token = url.searchParams.get('token');
    if (url.pathname === '/' && token !== null && request.method === 'GET') {
      if (spend(token)) return letIn(response);
      if (!cookie.sentWith(request)) return say(response, 403, USED);
      // The address again, in a window that is in already: the cookie alone buys no secret.
      response.writeHead(303, { ...securityHeaders({}), Location: '/', 'Cache-Control': 'no-store' });
      response.end();
      return;
    }
    if (!cookie.sentWith(request))
      return say(response, 403, 'Open Layerloom with `npm start`; this address alone does not let you in.');
    const file = await staticFile(rendererDir, url.pathname);
    if (!file) return say(response, 404, 'There is no such file.');
    response.writeHead(200, {
      ...securityHeaders({ socket: `ws://${place.authority}`, frames: dialogs.origin }),
      'Content-Type': file.type,
      'Content-Length': file.body.length,
      'Cache-Control': file.immutable ? 'private, max-age=31536000, immutable' : 'no-store',
    });
    response.end(request.method === 'HEAD' ? undefined : file.body);
  };

  const server = createServer((request, response) => {
    answer(request, response).catch(() => {
      if (!response.headersSent) say(response, 400, 'The request could not be read.');
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
      foreign(request, place) === null &&
      request.headers.origin === place.origin && // Browsers always send it with a WebSocket.
      request.url === '/host' &&
      cookie.sentWith(request);
    if (!allowed) return refuseSocket(socket);
    sockets.handleUpgrade(request, socket, head, (window) => {
      window.on('error', () => window.terminate());
      void admit(window, windowSecret).then((admitted) => {
        if (admitted) connect(window);
      });
    });
  });

  const connect = (window: WebSocket) => {
    windows.add(window);
    const { receive, close } = host.connect((text) => window.send(text));
    // Binary frames are no part of the contract; the empty message is answered with a problem.
    window.on('message', (data, binary) => receive(binary ? '' : data.toString()));
    window.on('close', () => {
      close();
      windows.delete(window);
      onWindows?.(windows.size);
    });
    onWindows?.(windows.size);
  };

  try {
    place = await listen(server, wanted);
  } catch (error) {
    await dialogs.close();
    throw error;
  }
  cookie = ownCookie(`layerloom-${place.port}`);

  return {
    port: place.port,
    origin: place.origin,
    launch,
    dialogAddress: dialogs.addressOf,
    get windows() {
      return windows.size;
    },
    close: async () => {
      handOver.clear();
      for (const window of windows) window.close(1001, 'Layerloom is closing');
      // A page that does not answer the farewell must not keep the program alive.
      setTimeout(() => {
        for (const window of windows) window.terminate();
      }, 500).unref();
      await Promise.all([endServer(server), dialogs.close()]);
    },
  };
}
