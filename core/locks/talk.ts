import { createConnection, createServer, type Server, type Socket } from 'node:net';
import { z } from 'zod';
import type { JsonValue } from '../json.ts';

const LONGEST_LINE = 64 * 1024;

/** A conversation over a socket: one JSON value a line. */
export interface Line {
  /** Tells the other end. */
  send(value: JsonValue): void;
  /** The next value; null when the other side ended, sent no JSON, or was silent for too long. */
  next(): Promise<JsonValue | null>;
  /** Hangs up. */
  end(): void;
}

/** Speaks over a socket. A side that is silent for `patience` milliseconds has ended. */
export function speak(socket: Socket, patience: number): Line {
  let text = '';
  let over = false;
  const waiting: (() => void)[] = [];
  const wake = () => {
    for (const resolve of waiting.splice(0)) resolve();
  };
  const finish = () => {
    over = true;
    wake();
  };
  socket.setEncoding('utf8');
  socket.setTimeout(patience, () => socket.destroy());
  socket.on('data', (chunk: string) => {
    text += chunk;
    if (text.length > LONGEST_LINE) socket.destroy();
    wake();
  });
  socket.on('error', finish).on('close', finish).on('end', finish);
  return {
    send: (value) => {
      if (!socket.destroyed) socket.write(`${JSON.stringify(value)}\n`);
    },
    next: async () => {
      for (;;) {
        const at = text.indexOf('\n');
        if (at >= 0) {
          const line = text.slice(0, at);
          text = text.slice(at + 1);
          try {
            return z.json().parse(JSON.parse(line)) as JsonValue;
          } catch {
            return null;
          }
        }
        if (over) return null;
        await new Promise<void>((resolve) => waiting.push(resolve));
      }
    },
    end: () => socket.end(),
  };
}

/** Waits for whoever connects. Does not keep the process alive. */
export function listen(path: string, answer: (socket: Socket) => void): Promise<Server> {
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.unref();
    answer(socket);
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ path, exclusive: true }, () => {
      server.off('error', reject);
      server.on('error', () => undefined);
      server.unref();
      resolve(server);
    });
  });
}

/** Whether somebody listens at a path: the system answers, not the process, which may be busy or stopped. `unsure` counts as there. */
export type Presence =
  | { readonly kind: 'there'; readonly socket: Socket }
  | { readonly kind: 'gone' }
  | { readonly kind: 'unsure' };

export function reach(path: string): Promise<Presence> {
  return new Promise((resolve) => {
    const socket = createConnection({ path });
    socket.once('connect', () => {
      socket.removeAllListeners('error');
      socket.on('error', () => socket.destroy());
      resolve({ kind: 'there', socket });
    });
    socket.once('error', (error) => {
      const code = 'code' in error ? error.code : '';
      resolve({ kind: code === 'ECONNREFUSED' || code === 'ENOENT' ? 'gone' : 'unsure' });
    });
  });
}
