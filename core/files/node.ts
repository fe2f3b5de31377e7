// Node only: how files of ours reach the disk, whole or not at all.
export { fileModeIn, PRIVATE_FILE, PRIVATE_FOLDER } from './modes.ts';
export { readSpan } from './readSpan.ts';
export { sweepTemporaries } from './sweep.ts';
export { fileProblem, systemReason } from './systemError.ts';
export { type WholeContent, type WriteOptions, writeWhole } from './writeWhole.ts';
