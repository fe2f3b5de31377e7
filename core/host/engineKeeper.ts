import type { EngineEvent, engineMethods } from '../engine/index.ts';
import { type EngineClient, startEngine } from '../engine/node.ts';
import { ProblemError } from '../errors.ts';
import type { Caller } from '../rpc/index.ts';

/** Starts the process if there is none, and asks it. What it has not answered when it ends is rejected with `engine-died`. */
export interface EngineKeeper extends Caller<typeof engineMethods> {
  /** Starts the process in the background, so that the first request need not wait for it. */
  warm(): void;
  /** Ends the process without `onDied` being told. */
  close(): void;
  readonly pid: number | null;
}

interface Options {
  readonly engineFile: string;
  /** The user's data folder, where installed backends are. */
  readonly home: string;
  onEvent(event: EngineEvent): void;
  onDied(message: string, details?: string): void;
}

/** One engine process, started when first needed, kept warm, and started anew after it died. */
export function engineKeeper({ engineFile, home, onEvent, onDied }: Options): EngineKeeper {
  let engine: EngineClient | null = null;
  let closed = false;

  const running = (): EngineClient => {
    if (closed)
      throw new ProblemError({
        code: 'host-closing',
        title: 'Layerloom is closing',
        message: 'Layerloom is closing, so nothing new is started. Start it again to go on.',
      });
    if (engine) return engine;
    const started = startEngine({ engineFile, home });
    engine = started;
    started.onEvent((event) => {
      if (engine === started) onEvent(event);
    });
    started.onExit(({ message, details }) => {
      if (engine !== started) return;
      engine = null;
      if (!closed) onDied(message, details);
    });
    return started;
  };

  return {
    call: async (method, params, call) => running().call(method, params, call),
    warm: () => {
      if (!closed) running();
    },
    close: () => {
      closed = true;
      engine?.kill();
      engine = null;
    },
    get pid() {
      return engine?.pid ?? null;
    },
  };
}
