import { totalmem } from 'node:os';

export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Bytes of memory that the process last said it takes; null when it never did. */
  readonly memory: number | null;
  /** The end of its error stream. */
  readonly errorText: string;
}

/** Log lines of libraries that are no errors: they would stand where the reason is looked for. */
const NO_ERROR = /^(WARNING: All log messages before absl|[IW]\d{4,}[ .])/;

const MEMORY_SIGNALS: readonly (NodeJS.Signals | null)[] = ['SIGKILL', 'SIGSEGV', 'SIGABRT', 'SIGBUS'];

/** How an engine process that nobody ended came to its end, in sentences. */
export function howItEnded({ code, signal, memory, errorText }: Ending): string {
  const words = errorText
    .split('\n')
    .filter((line) => line.trim() !== '' && !NO_ERROR.test(line))
    .join('\n');
  const how = signal === null ? `The engine ended with exit code ${code}.` : `The engine was ended by ${signal}.`;
  return [
    how,
    ...(lackOfMemory(code, signal, words) ? [advice(memory)] : []),
    ...(words ? [`Its last words: ${words}`] : []),
  ].join(' ');
}

/** The system ends a process with SIGKILL when memory is full; native libraries crash when they get none; V8 aborts with its own words. */
function lackOfMemory(code: number | null, signal: NodeJS.Signals | null, words: string): boolean {
  // 134 and 137: a shell in between tells a signal so.
  return MEMORY_SIGNALS.includes(signal) || code === 134 || code === 137 || /out of memory|bad_alloc/i.test(words);
}

function advice(memory: number | null): string {
  const gigabytes = (bytes: number) => (bytes / 1e9).toFixed(1);
  const used = memory === null ? '' : ` It last took ${gigabytes(memory)} of ${gigabytes(totalmem())} GB.`;
  return `That is how it most often ends when memory is full.${used} If so, use a smaller batch size or smaller layers.`;
}
