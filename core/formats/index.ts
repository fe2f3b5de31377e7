// Browser-safe formats. Those that need Node or TensorFlow.js are in `node.ts`.
export * from './exportFormats.ts';
export * from './safetensors/index.ts';
export type * from './weightMap.ts';
