import {
  createBridgeTransport,
  createHostClient,
  createSocketTransport,
  type HostClient,
  type PreloadBridge,
  WINDOW_SECRET_KEY,
} from '../../core/host/index.ts';

declare global {
  interface Window {
    /** Put there by the Electron preload script; absent in a browser window. */
    readonly layerloom?: PreloadBridge;
  }
}

function socketAddress(): string {
  const address = new URL('/host', window.location.href);
  address.protocol = window.location.protocol === 'https:' ? 'wss:' : 'ws:';
  return address.href;
}

let client: HostClient | null = null;

/** The one client of this window: over Electron IPC where there is a preload bridge, else over a WebSocket to the page's own origin. */
export function host(): HostClient {
  client ??= createHostClient(
    window.layerloom === undefined
      ? createSocketTransport(socketAddress(), localStorage.getItem(WINDOW_SECRET_KEY))
      : createBridgeTransport(window.layerloom),
  );
  return client;
}
