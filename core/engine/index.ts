// The engine's browser-safe face: its protocol. What runs inside the engine process starts at `process.ts`.
export * from './deviceFacts.ts';
export * from './protocol.ts';
