import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { securityHeaders } from './securityHeaders.ts';

const ADDRESS = '127.0.0.1';

/** Where a server of ours is. Every program and page of this machine can reach it, so requests must name exactly this. */
export interface Place {
  readonly port: number;
  /** As in the header Host. */
  readonly authority: string;
  readonly origin: string;
}

/** Of a server that does not listen yet: no request names it. */
export const NOWHERE: Place = { port: 0, authority: '', origin: '' };

/** Has a server listen on the loopback address alone. @throws the system's error, such as EADDRINUSE */
export async function listen(server: Server, wanted: number): Promise<Place> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: ADDRESS, port: wanted, exclusive: true }, resolve);
  });
  const { port } = server.address() as AddressInfo; // Of a TCP server that listens, it is one.
  const authority = `${ADDRESS}:${port}`;
  return { port, authority, origin: `http://${authority}` };
}

/** Ends a server, soon also for who does not hang up. */
export async function endServer(server: Server): Promise<void> {
  server.closeIdleConnections();
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    setTimeout(() => server.closeAllConnections(), 600).unref();
  });
}

/** Why a request is refused that names another server or comes from another site, or null. */
export function foreign(request: IncomingMessage, { authority, origin }: Place): string | null {
  if (request.headers.host !== authority) return `This server answers only to ${authority}.`;
  if (request.headers.origin !== undefined && request.headers.origin !== origin)
    return 'Requests of other sites are refused.';
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return 'Requests of other sites are refused.';
  return null;
}

/** A cookie of one server. Browsers send it to every server on this address; names keep them apart. */
export interface OwnCookie {
  /** For the header Set-Cookie. */
  readonly set: string;
  sentWith(request: IncomingMessage): boolean;
}

export function ownCookie(name: string): OwnCookie {
  const secret = randomBytes(32).toString('base64url');
  return {
    set: `${name}=${secret}; HttpOnly; SameSite=Strict; Path=/`,
    sentWith: (request) => same(cookies(request).get(name) ?? '', secret),
  };
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

/** Answers with one sentence. */
export function say(response: ServerResponse, status: number, sentence: string): void {
  response
    .writeHead(status, { ...securityHeaders({}), 'Content-Type': 'text/plain; charset=utf-8' })
    .end(`${sentence}\n`);
}

/** Refuses to open a WebSocket. */
export function refuseSocket(socket: Duplex): void {
  socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
}

/** What the address of a request says. Put together, not resolved: `//name/` would resolve to another host. */
export function addressOf(request: IncomingMessage, { origin }: Place): URL {
  return new URL(`${origin}${request.url?.startsWith('/') ? request.url : '/'}`);
}
