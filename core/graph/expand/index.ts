export { MOST_LAYERS, ringClosedBy } from './definitions.ts';
export * from './expand.ts';
export * from './flatGraph.ts';
export { locateProblems, toldOnce } from './locate.ts';
