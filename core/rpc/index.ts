export { type Answerer, type Connection, createAnswerer } from './answerer.ts';
export { type CallerEnd, createCaller } from './caller.ts';
export { cancelled, type Told, toldSchema } from './messages.ts';
export type { Call, Caller, Handlers, MethodOf, Methods, ParamsOf, Peer, ProgressOf, ResultOf } from './methods.ts';
export { connectText, MAX_MESSAGE_LENGTH, parseText, type TextConnection } from './text.ts';
