// Browser-safe: what a dataset looks like from outside. Loading is `node.ts`.
export { BUILTIN_DATASETS, type BuiltinId } from './builtin/catalogue.ts';
export { DIALECT_PARTS, type DialectPart, signName } from './csv/dialect.ts';
export * from './dataChanges.ts';
export { PICTURE_ENDINGS } from './folder/pictureEndings.ts';
export { formatMissingList, parseMissingList } from './missingList.ts';
export * from './schema.ts';
export { formatUnits, parseUnits } from './unitList.ts';
