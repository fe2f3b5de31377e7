export * from './dtype.ts';
export * from './shape.ts';
