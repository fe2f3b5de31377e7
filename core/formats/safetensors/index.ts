export * from './dtypes.ts';
export * from './read.ts';
export * from './write.ts';
