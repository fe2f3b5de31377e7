// Browser-safe: contract and client. The host's implementation is `core/host/node`.
export * from './contract.ts';
