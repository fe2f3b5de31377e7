import { readFile, realpath } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';

const TYPES: { readonly [extension: string]: string } = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.json': 'application/json',
  '.map': 'application/json',
};

export interface StaticFile {
  readonly body: Buffer;
  readonly type: string;
  /** Whether the name holds a hash of the contents, so that it may be kept for ever. */
  readonly immutable: boolean;
}

/**
 * The file of the built renderer that the path of an address (`/assets/index-a1b2.js`, percent-encoded) names; `/` is index.html. Null
 * when there is none, when its type is not one of ours, or when it would lie outside `rendererDir`, links followed.
 */
export async function staticFile(rendererDir: string, pathname: string): Promise<StaticFile | null> {
  let decoded: string;
  try {
    decoded = decodeURIComponent(pathname);
  } catch {
    return null;
  }
  if (!decoded.startsWith('/') || /[\0\\]/.test(decoded) || decoded.split('/').includes('..')) return null;
  const name = decoded === '/' ? '/index.html' : decoded;
  const type = TYPES[extname(name)];
  if (type === undefined) return null;
  try {
    const root = await realpath(rendererDir);
    const file = await realpath(join(root, name));
    if (!file.startsWith(root + sep)) return null;
    return { body: await readFile(file), type, immutable: name.startsWith('/assets/') };
  } catch {
    return null;
  }
}
