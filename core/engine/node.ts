// Node only: starts the engine process and talks to it. Loads no TensorFlow.js.
import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { dirname } from 'node:path';
import { type Problem, ProblemError } from '../errors.ts';
import { type Caller, createCaller } from '../rpc/index.ts';
import { type ExplainedEnding, howItEnded } from './howItEnded.ts';
import { ENGINE, type EngineEvent, engineMethods, unaskedSchema } from './protocol.ts';

export { recoverEngines } from './install/leftovers.ts';

/** What an engine process is started with. */
export interface EngineOptions {
  /** The built engine, dist/engine.cjs. */
  readonly engineFile: string;
  /** The user's data folder, where installed backends are; the environment's own when absent. */
  readonly home?: string;
}

/** Asks the process. What it has not answered when it ends is rejected with `engine-died`. */
export interface EngineClient extends Caller<typeof engineMethods> {
  readonly pid: number | null;
  /** Returns a function that ends the subscription. */
  onEvent(listener: (event: EngineEvent) => void): () => void;
  /** Called once, when the process is gone, with how it ended, in sentences, and apart from them the last it wrote to its error stream. */
  onExit(listener: (ending: ExplainedEnding) => void): () => void;
  /** Ends the process at once. A training it was busy with can be resumed from its last checkpoint. */
  kill(): void;
}

/** Characters of the error stream kept for the message of an unexpected end. */
const KEPT_ERROR_TEXT = 2000;

/**
 * Keeps what training frees for its next step. A step frees hundreds of megabytes, which glibc would hand back to the system, only to
 * fault every page in again at the next. Other C libraries ignore these.
 */
export const MEMORY_SETTINGS = {
  MALLOC_MMAP_THRESHOLD_: String(2 ** 30),
  MALLOC_TRIM_THRESHOLD_: String(2 ** 31),
  MALLOC_TOP_PAD_: String(2 ** 26),
} as const;

/** Node's own threads, on which pictures are decoded: four unless told otherwise before the process starts, whatever the processor has. */
const THREAD_SETTINGS = { UV_THREADPOOL_SIZE: String(Math.max(4, Math.ceil(availableParallelism() / 2))) } as const;

/** Starts an engine process. It ends by itself when this process does. */
export function startEngine({ engineFile, home }: EngineOptions): EngineClient {
  const child = fork(engineFile, [], {
    // Not the folder a person happens to be in: systems look there for programs and libraries too.
    cwd: dirname(engineFile),
    env: {
      ...MEMORY_SETTINGS,
      ...THREAD_SETTINGS,
      ...process.env,
      ...(home !== undefined && { LAYERLOOM_HOME: home }),
    },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    // Under Electron the shell's own executable would start, in which native backends cannot live: whoever starts the shell names a Node.
    execPath: process.env.LAYERLOOM_NODE || process.execPath,
    // For collectGarbage.ts.
    execArgv: ['--expose-gc'],
  });
  const eventListeners = new Set<(event: EngineEvent) => void>();
  const exitListeners = new Set<(ending: ExplainedEnding) => void>();
  let errorText = '';
  let memory: number | null = null;
  let ended: ExplainedEnding | null = null;
  let farewell: string | null = null;

  child.stderr?.setEncoding('utf8');
  child.stderr?.on('data', (text: string) => {
    errorText = (errorText + text).slice(-KEPT_ERROR_TEXT);
  });
  const caller = createCaller({
    methods: engineMethods,
    events: unaskedSchema,
    peer: ENGINE,
    send: (message, failed) => {
      if (ended !== null || !child.connected)
        throw new ProblemError(died(ended ?? { message: 'The engine is closing.' }));
      child.send(message, (error) => {
        if (error) failed(died({ message: 'The engine does not take requests any more.', details: error.message }));
      });
    },
  });
  child.on('message', caller.receive);
  caller.onEvent((event) => {
    if (event.type === 'ending') {
      farewell = event.message;
      return;
    }
    if (event.type === 'deviceUse') memory = event.use.memory;
    for (const listener of [...eventListeners]) listener(event);
  });

  const end = (how: ExplainedEnding): void => {
    if (ended !== null) return;
    const explained = farewell === null ? how : { message: farewell, cause: farewell };
    ended = explained;
    caller.lose(() => died(explained));
    for (const listener of exitListeners) listener(explained);
  };
  child.on('error', (error) => {
    const cause = `The engine could not be started: ${error.message}.`;
    end({ message: cause, cause });
  });
  child.on('exit', (code, signal) => end(howItEnded({ code, signal, memory, errorText })));

  return {
    get pid() {
      return child.pid ?? null;
    },
    call: caller.call,
    onEvent(listener) {
      eventListeners.add(listener);
      return () => eventListeners.delete(listener);
    },
    onExit(listener) {
      if (ended !== null) {
        listener(ended);
        return () => undefined;
      }
      exitListeners.add(listener);
      return () => exitListeners.delete(listener);
    },
    kill() {
      child.kill('SIGKILL');
    },
  };
}

function died({ message, details }: Omit<ExplainedEnding, 'cause'>): Problem {
  return {
    code: 'engine-died',
    severity: 'error',
    title: 'Engine stopped',
    message: `${message} The design is not affected; a training that was under way can be resumed from its last checkpoint.`,
    ...(details !== undefined && { details }),
  };
}
