export * from './clipping/index.ts';
export type { KerasObject } from './kerasObject.ts';
export * from './losses/index.ts';
export * from './metrics/index.ts';
export * from './metrics/metricKey.ts';
export type { Ops, Tensor } from './ops.ts';
export * from './optimizers/index.ts';
export * from './schedules/index.ts';
