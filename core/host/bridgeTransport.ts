import type { PreloadBridge, Transport } from './transport.ts';

/** Messages over Electron IPC, by way of the preload's bridge. That channel lives as long as the window, so it is never lost. */
export function createBridgeTransport(bridge: PreloadBridge): Transport {
  return {
    send: (message) => bridge.send(message),
    onMessage: (listener) => bridge.onMessage(listener),
    onConnection: () => () => undefined,
  };
}
