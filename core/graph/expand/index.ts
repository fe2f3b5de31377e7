export { MOST_LAYERS, ringClosedBy } from './definitions.ts';
export * from './expand.ts';
export * from './flatGraph.ts';
export { locateProblems } from './locate.ts';
