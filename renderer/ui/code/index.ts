export * from './CodeView.tsx';
export * from './CopyButton.tsx';
export * from './highlight.ts';
