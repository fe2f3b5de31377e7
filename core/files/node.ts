// Node only: how files of ours reach the disk, whole or not at all.
export { mendModes } from './mendModes.ts';
export { fileModeIn, PRIVATE_FILE, PRIVATE_FOLDER } from './modes.ts';
export { readSpan } from './readSpan.ts';
export { abandoned, sweepTemporaries } from './sweep.ts';
export { fileProblem, systemReason } from './systemError.ts';
export { isTemporary, temporaryName } from './temporary.ts';
export { flushFolder, type WholeContent, type WriteOptions, writeWhole } from './writeWhole.ts';
