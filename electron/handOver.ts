import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { PRIVATE_FILE, PRIVATE_FOLDER } from '../core/files/node.ts';

/**
 * Pages that carry a token to a browser. A browser is started with the address of such a page, which only the user can read: what stands on
 * a command line, any user of the machine can (`ps`). The page posts the token, so that it is in no history either.
 */
export interface HandOver {
  /** Address (file:) of a new page that opens `origin` with this token. */
  page(origin: string, token: string): string;
  /** Takes the page of a used token away. */
  used(token: string): void;
  /** Takes all pages away, also those that a killed host left. */
  clear(): void;
}

export function handOver(home: string): HandOver {
  const folder = join(home, 'open');
  const pages = new Map<string, string>();
  const clear = () => {
    pages.clear();
    rmSync(folder, { recursive: true, force: true });
  };
  clear();
  return {
    page: (origin, token) => {
      mkdirSync(folder, { recursive: true, mode: PRIVATE_FOLDER });
      const path = join(folder, `${randomBytes(8).toString('hex')}.html`);
      writeFileSync(path, html(origin, token), { mode: PRIVATE_FILE, flag: 'wx' });
      pages.set(token, path);
      return pathToFileURL(path).href;
    },
    used: (token) => {
      const path = pages.get(token);
      pages.delete(token);
      if (path !== undefined) rmSync(path, { force: true });
    },
    clear,
  };
}

/** Both values are our own and hold nothing that HTML reads otherwise. */
function html(origin: string, token: string): string {
  return `<!doctype html>
<meta charset="utf-8">
<meta name="referrer" content="no-referrer">
<title>Layerloom</title>
<style>html { background: #14161a; color: #e6e8ec; font: 15px system-ui; } form { margin: 20vh auto; width: fit-content; }</style>
<form method="post" action="${origin}/enter"><input type="hidden" name="token" value="${token}"><noscript><button>Open Layerloom</button></noscript></form>
<script>document.forms[0].submit();</script>
`;
}
