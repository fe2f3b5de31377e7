// Browser-safe: what a dataset looks like from outside. Loading is `node.ts`.
export { BUILTIN_DATASETS, type BuiltinId } from './builtin/catalogue.ts';
export { PICTURE_ENDINGS } from './folder/pictureEndings.ts';
export * from './schema.ts';
