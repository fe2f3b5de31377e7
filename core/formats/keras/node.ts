export { kerasBytes, writeKeras } from './write.ts';
