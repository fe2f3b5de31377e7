// Browser-safe: contract, client and the transports a page uses. The host's implementation is `node.ts`.
export { createBridgeTransport } from './bridgeTransport.ts';
export { createHostClient, type HostClient } from './client.ts';
export * from './contract.ts';
export { createSocketTransport } from './socketTransport.ts';
