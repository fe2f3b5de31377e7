import { totalmem } from 'node:os';

export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Bytes of memory that the process last said it takes; null when it never did. */
  readonly memory: number | null;
  /** The end of its error stream. */
  readonly errorText: string;
}

export interface ExplainedEnding {
  /** What happened, why, and what to do about it in a training, in sentences. */
  readonly message: string;
  /** What happened and why, alone. */
  readonly cause: string;
  /** The last words of the process, for a report; absent where it had none. */
  readonly details?: string;
}

/** Log lines of libraries that are no errors: they would stand where the reason is looked for. */
const NO_ERROR = /^(WARNING: All log messages before absl|[IW]\d{4,}[ .])/;

/** Signals that native code ends itself with, and what a shell in between makes of them. */
const CRASHES: Readonly<Record<string, string>> = { SIGSEGV: '139', SIGABRT: '134', SIGBUS: '135', SIGFPE: '136' };

interface Known {
  matches(ending: Ending, words: string): boolean;
  /** `how`: by which signal or exit code. */
  cause(how: string, memory: number | null): string;
  readonly remedy: string;
}

const SMALLER = 'Close other programs, or use a smaller batch size or smaller layers.';

/** The first that fits tells the most. */
const KNOWN: readonly Known[] = [
  {
    matches: (_, words) => /no space left|ENOSPC|disk quota exceeded|EDQUOT/i.test(words),
    cause: (how) => `The engine ended because the disk is full (${how}).`,
    remedy: 'Free some space, on the disk of the data folder and on that of temporary files.',
  },
  {
    matches: (_, words) =>
      /CUDA_ERROR|cudaError|CUDA (driver|runtime) error|\bXid\b|GPU (is |was )?lost|device (is |was )?lost|DEVICE_LOST|cuda.*unspecified launch failure/i.test(
        words,
      ) && !/out of memory|OUT_OF_MEMORY/i.test(words),
    cause: (how) =>
      `The graphics device was lost (${how}), as happens when its driver fails or is restarted, or when the computer sleeps.`,
    remedy: 'Should it happen again, update the driver, or choose another device in the training settings.',
  },
  {
    matches: (_, words) => /out of memory|OUT_OF_MEMORY|bad_alloc|cannot allocate memory|ENOMEM/i.test(words),
    cause: (how, memory) => `The engine ran out of memory and ended (${how}).${used(memory)}`,
    remedy: SMALLER,
  },
  {
    matches: ({ code, signal }) => signal === 'SIGKILL' || code === 137,
    cause: (how, memory) =>
      `The system, or another program, ended the engine (${how}). That is how it most often ends when memory is full.${used(memory)}`,
    remedy: `If so: ${SMALLER}`,
  },
  {
    matches: ({ code, signal }, words) =>
      signal === 'SIGILL' || code === 132 || /illegal instruction|instructions that are not available/i.test(words),
    cause: (how) => `The engine’s library uses an instruction that this processor does not have (${how}).`,
    remedy: 'Choose another device in the training settings; wasm runs everywhere.',
  },
  {
    matches: ({ code, signal }) =>
      Object.entries(CRASHES).some(([name, status]) => name === signal || status === String(code)),
    cause: (how, memory) =>
      `The engine crashed in native code (${how}): in the library that computes on the device, or in the device’s driver. Lack of memory is a common cause.${used(memory)}`,
    remedy: 'Make the batch or the layers smaller, or choose another device in the training settings.',
  },
];

/** How an engine process that nobody ended came to its end. */
export function howItEnded(ending: Ending): ExplainedEnding {
  const { code, signal, memory, errorText } = ending;
  const words = errorText
    .split('\n')
    .filter((line) => line.trim() !== '' && !NO_ERROR.test(line))
    .join('\n');
  const how = signal ?? `exit code ${code}`;
  const known = KNOWN.find(({ matches }) => matches(ending, words));
  const cause = known?.cause(how, memory) ?? `The engine ended without saying a reason that is known (${how}).`;
  const remedy =
    known?.remedy ??
    `Should it happen again, choose another device in the training settings${words === '' ? '' : ', and report it with the details'}.`;
  return { message: `${cause} ${remedy}`, cause, ...(words !== '' && { details: words }) };
}

function used(memory: number | null): string {
  const gigabytes = (bytes: number) => (bytes / 1e9).toFixed(1);
  return memory === null ? '' : ` It last took ${gigabytes(memory)} of ${gigabytes(totalmem())} GB.`;
}
