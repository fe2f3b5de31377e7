// Browser-safe writers of source code.
export type * from './keras/context.ts';
export { writeKerasCode } from './keras/writeKerasCode.ts';
