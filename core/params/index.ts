export * from './descriptors.ts';
export * from './entries.ts';
export * from './expectation.ts';
export type * from './forgotten.ts';
export * from './needs.ts';
export * from './schema.ts';
