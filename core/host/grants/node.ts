// What windows may read and write: the one place that knows, and the one that checks every message.
export { checkPaths } from './checkPaths.ts';
export { createGrants, type Grants } from './grants.ts';
export { rememberedData } from './rememberedData.ts';
