export * from './applyCommand.ts';
export { copyItems, isClipboardText } from './clipboard.ts';
export * from './history.ts';
export * from './keepHistory.ts';
export { COMMANDS } from './registry.ts';
