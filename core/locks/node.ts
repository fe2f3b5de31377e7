// Node only: locks between Layerloom's own processes.
export { type Holder, type Lock, type LockOptions, lockHolder, type Taken, takeLock, talkToHolder } from './lock.ts';
export type { Line } from './talk.ts';
