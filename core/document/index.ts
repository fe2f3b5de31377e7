export * from './datasetSummary.ts';
export * from './defaults.ts';
export * from './migrate.ts';
export * from './naturalOrder.ts';
export * from './parse.ts';
export * from './readJson.ts';
export * from './schema.ts';
export * from './serialise.ts';
