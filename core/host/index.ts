// Browser-safe: contract, client and the transports a page uses. The host's implementation is `node.ts`.
export { createBridgeTransport } from './bridgeTransport.ts';
export { createHostClient, type HostClient } from './client.ts';
export * from './contract.ts';
export { newNonce, proofOf, sameProof } from './proof.ts';
export { createSocketTransport, WINDOW_SECRET_KEY } from './socketTransport.ts';
