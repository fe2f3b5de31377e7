import { createHostClient, type HostClient, type PreloadBridge, type Transport } from '../../core/host/index.ts';
import { createWebSocketTransport } from './webSocketTransport.ts';

declare global {
  interface Window {
    /** Put there by the Electron preload script; absent in a browser window. */
    readonly layerloom?: PreloadBridge;
  }
}

function bridgeTransport(bridge: PreloadBridge): Transport {
  return {
    send: (message) => bridge.send(message),
    onMessage: (listener) => bridge.onMessage(listener),
    // IPC lives as long as the window does.
    onConnection: (listener) => {
      listener(true);
      return () => undefined;
    },
  };
}

let client: HostClient | null = null;

/** The one client of this window: over Electron IPC where there is a preload bridge, else over a WebSocket to the page's own origin. */
export function host(): HostClient {
  client ??= createHostClient(
    window.layerloom === undefined ? createWebSocketTransport() : bridgeTransport(window.layerloom),
  );
  return client;
}
