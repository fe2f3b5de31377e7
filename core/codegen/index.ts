// Browser-safe writers of source code.
export * from './keras/context.ts';
export { writeKerasCode } from './keras/writeKerasCode.ts';
export { pythonFormula } from './python/formula.ts';
