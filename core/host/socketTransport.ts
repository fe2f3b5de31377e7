import { ProblemError } from '../errors.ts';
import type { Transport } from './contract.ts';

const FIRST_RETRY_MS = 250;
const LAST_RETRY_MS = 4000;

/**
 * Messages over one WebSocket to `url` (`ws://127.0.0.1:4711/host`), opened again with growing pauses when it is lost. Messages sent before
 * the first connection wait for it. While a lost connection is away, `send` throws `host-lost`: an old request must not
 * take effect by surprise minutes later.
 */
export function createSocketTransport(url: string): Transport {
  const messageListeners = new Set<(message: string) => void>();
  const connectionListeners = new Set<(connected: boolean) => void>();
  let waiting: string[] | null = [];
  let retryMs = FIRST_RETRY_MS;
  let connected = false;
  let socket: WebSocket;

  const announce = (now: boolean) => {
    if (connected === now) return;
    connected = now;
    for (const listener of [...connectionListeners]) listener(now);
  };
  const open = () => {
    socket = new WebSocket(url);
    socket.onopen = () => {
      retryMs = FIRST_RETRY_MS;
      const queue = waiting ?? [];
      waiting = null;
      for (const message of queue) socket.send(message);
      announce(true);
    };
    socket.onmessage = (event) => {
      if (typeof event.data === 'string') for (const listener of [...messageListeners]) listener(event.data);
    };
    socket.onclose = () => {
      announce(false);
      setTimeout(open, retryMs);
      retryMs = Math.min(retryMs * 2, LAST_RETRY_MS);
    };
  };
  open();

  return {
    send: (message) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(message);
      else if (waiting) waiting.push(message);
      else
        throw new ProblemError({
          code: 'host-lost',
          title: 'Connection lost',
          message:
            'The window has lost its connection to Layerloom, so this could not be done. It reconnects by itself; if it does not, start Layerloom again.',
        });
    },
    onMessage: (listener) => {
      messageListeners.add(listener);
      return () => messageListeners.delete(listener);
    },
    onConnection: (listener) => {
      connectionListeners.add(listener);
      return () => connectionListeners.delete(listener);
    },
  };
}
