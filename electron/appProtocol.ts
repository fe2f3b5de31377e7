import { securityHeaders } from './securityHeaders.ts';
import { staticFile } from './staticFiles.ts';

export const APP_SCHEME = 'app';
export const APP_HOST = 'layerloom';
export const APP_URL = `${APP_SCHEME}://${APP_HOST}/`;

/** Whether an address is of our own pages. Compared in parts: the origin of such an address is the text 'null' in Node. */
export function isAppUrl(address: string): boolean {
  try {
    const url = new URL(address);
    return url.protocol === `${APP_SCHEME}:` && url.host === APP_HOST;
  } catch {
    return false;
  }
}

/** Answers app:// requests with files of the built renderer, and with nothing else. */
export function appProtocolHandler(rendererDir: string): (request: Request) => Promise<Response> {
  return async (request) => {
    const headers = securityHeaders({});
    if (!isAppUrl(request.url) || request.method !== 'GET') return new Response('Refused.', { status: 403, headers });
    const file = await staticFile(rendererDir, new URL(request.url).pathname);
    if (!file) return new Response('There is no such file.', { status: 404, headers });
    return new Response(new Uint8Array(file.body), {
      status: 200,
      headers: { ...headers, 'Content-Type': file.type, 'Cache-Control': 'no-store' },
    });
  };
}
