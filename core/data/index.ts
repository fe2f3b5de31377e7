// Browser-safe: what a dataset looks like from outside. Loading is `node.ts`.
export * from './schema.ts';
