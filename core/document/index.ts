export * from './datasetSummary.ts';
export * from './defaults.ts';
export * from './schema.ts';
