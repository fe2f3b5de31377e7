export * from './applyCommand.ts';
export { copyItems, isClipboardText } from './clipboard.ts';
export * from './history.ts';
export * from './keepHistory.ts';
export { nextId } from './steps/nodes.ts';
