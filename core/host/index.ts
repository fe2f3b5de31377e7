// Browser-safe: contract, client and the transports a page uses. The host's implementation is `node.ts`.
export { createBridgeTransport } from './bridgeTransport.ts';
export { CHOICE_META, chooserMethods, type DirectoryEntry } from './chooser/contract.ts';
export { type Client, createClient, createHostClient, type HostClient } from './client.ts';
export * from './contract/index.ts';
export { CHOICES, type ChoiceId } from './grants/choices.ts';
export { newNonce, proofOf, sameProof } from './proof.ts';
export { createSocketTransport, WINDOW_SECRET_KEY } from './socketTransport.ts';
export type { PreloadBridge, Transport } from './transport.ts';
