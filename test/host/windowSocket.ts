import { once } from 'node:events';
import { WebSocket } from 'ws';
import { newNonce, proofOf, WINDOW_SECRET_KEY } from '../../core/host/index.ts';

/** What a browser keeps of the page that let it in: the cookie, and the secret in its origin's storage. */
export interface LetIn {
  readonly cookie: string;
  readonly secret: string;
}

export function letInBy(setCookie: string | null | undefined, page: string): LetIn {
  const secret = new RegExp(`localStorage\\.setItem\\('${WINDOW_SECRET_KEY}', '([\\w-]{43})'\\)`).exec(page)?.[1];
  return { cookie: setCookie?.split(';')[0] ?? '', secret: secret ?? '' };
}

/** The socket of a window that was let in, after both sides have proved that they know the secret. Closed by the host when they do not. */
export async function openWindowSocket(origin: string, { cookie, secret }: LetIn, path = '/host'): Promise<WebSocket> {
  const socket = new WebSocket(`${origin.replace('http', 'ws')}${path}`, { headers: { cookie, origin } });
  const next = async () => JSON.parse(String((await once(socket, 'message'))[0])) as { nonce: string; proof: string };
  const { nonce } = await next();
  const own = newNonce();
  const answered = next();
  socket.send(JSON.stringify({ nonce: own, proof: await proofOf(secret, 'window', nonce, own) }));
  const closed = once(socket, 'close').then(([code]) => {
    throw new Error(`closed with ${code}`);
  });
  closed.catch(() => undefined);
  const { proof } = await Promise.race([answered, closed]);
  if (proof !== (await proofOf(secret, 'host', own, nonce))) throw new Error('The host does not know the secret.');
  return socket;
}
