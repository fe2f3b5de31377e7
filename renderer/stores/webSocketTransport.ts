import type { Transport } from '../../core/host/index.ts';

const RETRY_MS = 1000;

/** A WebSocket to the page's own origin that comes back by itself. Messages sent while it is away wait for it. */
export function createWebSocketTransport(): Transport {
  const messageListeners = new Set<(message: string) => void>();
  const connectionListeners = new Set<(connected: boolean) => void>();
  const address = new URL('socket', window.location.href);
  address.protocol = window.location.protocol === 'https:' ? 'wss:' : 'ws:';
  address.search = '';
  address.hash = '';

  let socket: WebSocket;
  let waiting: string[] = [];
  let connected = false;

  const announce = (now: boolean) => {
    if (connected === now) return;
    connected = now;
    for (const listener of connectionListeners) listener(now);
  };
  const open = () => {
    socket = new WebSocket(address);
    socket.onopen = () => {
      const queue = waiting;
      waiting = [];
      for (const message of queue) socket.send(message);
      announce(true);
    };
    socket.onmessage = (event) => {
      if (typeof event.data === 'string') for (const listener of messageListeners) listener(event.data);
    };
    socket.onclose = () => {
      announce(false);
      setTimeout(open, RETRY_MS);
    };
  };
  open();

  return {
    send: (message) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(message);
      else waiting.push(message);
    },
    onMessage: (listener) => {
      messageListeners.add(listener);
      return () => messageListeners.delete(listener);
    },
    onConnection: (listener) => {
      connectionListeners.add(listener);
      listener(connected);
      return () => connectionListeners.delete(listener);
    },
  };
}
