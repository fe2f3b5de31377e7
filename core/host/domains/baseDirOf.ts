import { dirname } from 'node:path';

/** The folder that a design's relative paths start from; null for one that has not been saved. */
export const baseDirOf = (documentPath: string | null) => (documentPath === null ? null : dirname(documentPath));
