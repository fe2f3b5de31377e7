import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { WebSocketServer } from 'ws';
import { CHOICE_META } from '../core/host/index.ts';
import type { Chooser } from '../core/host/node.ts';
import { admit } from './admit.ts';
import {
  addressOf,
  endServer,
  foreign,
  listen,
  NOWHERE,
  type OwnCookie,
  ownCookie,
  type Place,
  refuseSocket,
  say,
} from './loopback.ts';
import { securityHeaders } from './securityHeaders.ts';
import { staticFile } from './staticFiles.ts';

/** Paths are short; nothing else is sent here. */
const MAX_MESSAGE_BYTES = 64 * 1024;
const PAGE = '/chooser.html';

export interface ChooserServerOptions {
  readonly chooser: Chooser;
  readonly rendererDir: string;
  /** Whose windows show the dialogs in frames. */
  readonly appOrigin: () => string;
  /** Tried first; where it is taken, any free one. */
  readonly port: number;
}

export interface ChooserServer {
  readonly origin: string;
  /** Lets a browser in, with the app's own; worth nothing without a dialog's secret. */
  readonly cookie: OwnCookie;
  /** Of a dialog's page. */
  addressOf(id: string): string;
  close(): Promise<void>;
}

/**
 * The pages of file dialogs, on an origin of their own: what runs in the app's window shows them in a frame, and can neither look in nor
 * press anything there. The address of a page opens it once; the page holds the secret by which host and page know each other.
 */
export async function startChooserServer(options: ChooserServerOptions): Promise<ChooserServer> {
  const { chooser, rendererDir, appOrigin } = options;
  let place: Place = NOWHERE;
  let cookie = ownCookie('');

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const url = addressOf(request, place);
    const isPage = url.pathname === '/';
    // The frame is opened by the app, whose origin has another port: to browsers the same site. Nothing else may come from there.
    const framed =
      isPage &&
      request.headers['sec-fetch-site'] === 'same-site' &&
      request.headers['sec-fetch-dest'] === 'iframe' &&
      request.headers['sec-fetch-mode'] === 'navigate' &&
      request.headers.host === place.authority;
    if (!framed && (isPage || foreign(request, place) !== null)) return say(response, 403, 'Refused.');
    if (request.method !== 'GET') return say(response, 405, 'Only GET is answered here.');
    if (!cookie.sentWith(request)) return say(response, 403, 'File dialogs are opened by Layerloom’s window.');
    const id = url.searchParams.get('choice') ?? '';
    const choice = isPage ? chooser.enter(id) : null;
    if (isPage && choice === null) return say(response, 403, 'This dialog has been opened already, or is closed.');
    if (!isPage && !url.pathname.startsWith('/assets/')) return say(response, 404, 'There is no such file.');
    const file = await staticFile(rendererDir, isPage ? PAGE : url.pathname);
    if (!file) return say(response, 404, 'There is no such file.');
    const body =
      choice === null
        ? file.body
        : file.body
            .toString('utf8')
            .replace('<head>', `<head><meta name="${CHOICE_META}" content="${id} ${choice.secret}">`);
    response.writeHead(200, {
      ...securityHeaders({ socket: `ws://${place.authority}`, framedBy: appOrigin() }),
      'Content-Type': file.type,
      'Content-Length': Buffer.byteLength(body),
      'Cache-Control': file.immutable ? 'private, max-age=31536000, immutable' : 'no-store',
    });
    response.end(body);
  };

  const server = createServer((request, response) => {
    answer(request, response).catch(() => {
      if (!response.headersSent) say(response, 400, 'The request could not be read.');
      else response.destroy();
    });
  });
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES, perMessageDeflate: false });
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    const url = addressOf(request, place);
    const choice = chooser.find(url.searchParams.get('choice') ?? '');
    const allowed =
      foreign(request, place) === null &&
      request.headers.origin === place.origin && // Browsers always send it with a WebSocket.
      url.pathname === '/choice' &&
      cookie.sentWith(request);
    if (!allowed || choice === null) return refuseSocket(socket);
    sockets.handleUpgrade(request, socket, head, (page) => {
      page.on('error', () => page.terminate());
      void admit(page, choice.secret).then((admitted) => {
        if (!admitted) return;
        choice.present(true);
        const { receive, close } = choice.connect((text) => page.send(text));
        page.on('message', (data, binary) => receive(binary ? '' : data.toString()));
        page.on('close', () => {
          close();
          choice.present(false);
        });
      });
    });
  });

  place = await listen(server, options.port).catch(() => listen(server, 0));
  cookie = ownCookie(`layerloom-chooser-${place.port}`);
  const { origin } = place;
  return {
    origin,
    cookie,
    addressOf: (id) => `${origin}/?choice=${id}`,
    close: async () => {
      for (const page of sockets.clients) page.terminate();
      await endServer(server);
    },
  };
}
