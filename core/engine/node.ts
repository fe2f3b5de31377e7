// Node only: starts the engine process and talks to it. Loads no TensorFlow.js.
import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { dirname } from 'node:path';
import type { z } from 'zod';
import type { DeepReadonly } from '../document/index.ts';
import { type Problem, ProblemError } from '../errors.ts';
import { type ExplainedEnding, howItEnded } from './howItEnded.ts';
import { type EngineEvent, type EngineMethod, engineMethods, engineReplySchema } from './protocol.ts';

export { recoverEngines } from './install/leftovers.ts';

export type EngineParams<M extends EngineMethod> = DeepReadonly<z.input<(typeof engineMethods)[M]['params']>>;
export type EngineResult<M extends EngineMethod> = z.output<(typeof engineMethods)[M]['result']>;

export interface EngineOptions {
  /** The built engine, dist/engine.cjs. */
  readonly engineFile: string;
  /** The user's data folder, where installed backends are; the environment's own when absent. */
  readonly home?: string;
}

export interface EngineClient {
  readonly pid: number | null;
  /** Rejects with a ProblemError: the engine's own, or `engine-died` when it ended before it answered. */
  call<M extends EngineMethod>(method: M, params: EngineParams<M>): Promise<EngineResult<M>>;
  /** Returns a function that ends the subscription. */
  onEvent(listener: (event: EngineEvent) => void): () => void;
  /** Called once, when the process is gone, with how it ended, in sentences, and apart from them the last it wrote to its error stream. */
  onExit(listener: (ending: ExplainedEnding) => void): () => void;
  /** Ends the process at once. A training it was busy with can be resumed from its last checkpoint. */
  kill(): void;
}

interface Waiting {
  resolve(result: unknown): void;
  reject(error: ProblemError): void;
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
  const waiting = new Map<number, Waiting>();
  const eventListeners = new Set<(event: EngineEvent) => void>();
  const exitListeners = new Set<(ending: ExplainedEnding) => void>();
  let nextId = 1;
  let errorText = '';
  let memory: number | null = null;
  let ended: ExplainedEnding | null = null;
  let farewell: string | null = null;

  child.stderr?.setEncoding('utf8');
  child.stderr?.on('data', (text: string) => {
    errorText = (errorText + text).slice(-KEPT_ERROR_TEXT);
  });
  child.on('message', (message) => {
    const parsed = engineReplySchema.safeParse(message);
    if (!parsed.success) return;
    const reply = parsed.data;
    if ('event' in reply) {
      if (reply.event.type === 'deviceUse') memory = reply.event.use.memory;
      for (const listener of eventListeners) listener(reply.event);
      return;
    }
    if ('ending' in reply) {
      farewell = reply.ending;
      return;
    }
    const request = waiting.get(reply.id);
    waiting.delete(reply.id);
    if (reply.ok) request?.resolve(reply.result);
    else request?.reject(new ProblemError(reply.problem as Problem));
  });

  const end = (how: ExplainedEnding): void => {
    if (ended !== null) return;
    ended = farewell === null ? how : { message: farewell, cause: farewell };
    for (const { reject } of waiting.values()) reject(died(ended));
    waiting.clear();
    for (const listener of exitListeners) listener(ended);
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
    call<M extends EngineMethod>(method: M, params: EngineParams<M>) {
      return new Promise<EngineResult<M>>((resolve, reject) => {
        if (ended !== null || !child.connected) {
          reject(died(ended ?? { message: 'The engine is closing.' }));
          return;
        }
        const id = nextId++;
        waiting.set(id, {
          resolve(result) {
            const parsed = engineMethods[method].result.safeParse(result);
            if (parsed.success) resolve(parsed.data as EngineResult<M>);
            else reject(unexpected(method, parsed.error.message));
          },
          reject,
        });
        child.send({ id, method, params }, (error) => {
          if (!error) return;
          waiting.delete(id);
          reject(died({ message: 'The engine does not take requests any more.', details: error.message }));
        });
      });
    },
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

function died({ message, details }: Omit<ExplainedEnding, 'cause'>): ProblemError {
  return new ProblemError({
    code: 'engine-died',
    title: 'Engine stopped',
    message: `${message} The design is not affected; a training that was under way can be resumed from its last checkpoint.`,
    ...(details !== undefined && { details }),
  });
}

function unexpected(method: string, detail: string): ProblemError {
  return new ProblemError({
    code: 'engine-reply',
    title: 'Engine',
    message: `The engine answered ${method} with something this version does not understand: ${detail}`,
  });
}
