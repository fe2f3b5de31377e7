// Browser-safe formats. Those that need Node or TensorFlow.js are in `node.ts`.
export { DESIGN_FORMAT } from './design/format.ts';
export type * from './format.ts';
export * from './registry.ts';
export * from './safetensors/index.ts';
export type * from './weightMap.ts';
