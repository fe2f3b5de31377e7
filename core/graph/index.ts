export * from './analyse.ts';
export * from './analysis.ts';
export * from './connect.ts';
export { RULES } from './lint/index.ts';
export * from './naming.ts';
export * from './network.ts';
export * from './ports.ts';
export * from './topology.ts';
