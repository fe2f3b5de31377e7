export * from './expand.ts';
export * from './flatGraph.ts';
export { locateProblems } from './locate.ts';
