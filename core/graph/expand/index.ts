export { MOST_LAYERS, ringClosedBy } from './definitions.ts';
export * from './expand.ts';
export * from './flatGraph.ts';
export { type Instance, instanceTree } from './instances.ts';
export { locateProblems, toldOnce } from './locate.ts';
export { scopeAt, scopesOfValues } from './scope.ts';
export type { Scope } from './values.ts';
