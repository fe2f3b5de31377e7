export * from './activations.ts';
export * from './constraints.ts';
export * from './defineLayer.ts';
export * from './initializers.ts';
export * from './losses.ts';
export type * from './params.ts';
export * from './registry.ts';
export * from './regularizers.ts';
