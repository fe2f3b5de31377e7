// Browser-safe: records and metric points. The store on disk is `node.ts`.
export { goesOnFrom } from './goesOnFrom.ts';
export { mergePoints } from './mergePoints.ts';
export * from './record.ts';
export * from './standing.ts';
