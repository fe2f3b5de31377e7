import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { ProblemError } from '../../errors.ts';
import { inspectPicture } from './inspectPicture.ts';
import type {
  DecodedPictures,
  PictureAnswer,
  PictureFacts,
  PictureFault,
  PictureFile,
  PictureForm,
  PictureJob,
} from './pictureJob.ts';
import { PICTURE_LIMITS, type PictureLimits, type PictureWorkerData, pictureWorkerMain } from './pictureWorker.ts';

/** Half of the cores decode while the others train. */
const THREADS = Math.max(1, Math.min(8, Math.floor(availableParallelism() / 2)));
/** How many jobs are worth having under way at once: one being done and one waiting in each thread. */
export const JOBS_AT_ONCE = 2 * THREADS;

type Result = Exclude<PictureAnswer, { kind: 'alive' }>;
/** A job but for its number. */
type Request = Omit<Extract<PictureJob, { kind: 'facts' }>, 'id'> | Omit<Extract<PictureJob, { kind: 'pixels' }>, 'id'>;

interface Waiting {
  readonly request: Request;
  resolve(answer: Result): void;
  reject(error: unknown): void;
}

interface Thread {
  readonly worker: Worker;
  readonly waiting: Map<number, Waiting>;
  /** When it was last heard of. */
  heard: number;
  timer: NodeJS.Timeout | null;
}

export interface PoolOptions {
  readonly threads: number;
  /** The program of a thread, JavaScript. */
  readonly program: string;
  /** A thread with work that is silent for longer is replaced. */
  readonly silence: number;
}

/** The program of a decoding thread, with what it needs as text. */
export function pictureProgram(limits: PictureLimits): string {
  return `const { parentPort, workerData } = require('node:worker_threads');
(${pictureWorkerMain.toString()})(parentPort, require, workerData, ${JSON.stringify(limits)}, ${inspectPicture.toString()});`;
}

/**
 * Threads that decode pictures. One that hangs or dies is replaced, and its pictures are tried again one by one: the one that did it gets a
 * fault, the others are read.
 */
export class PicturePool {
  private readonly threads = new Map<number, Thread>();
  private nextThread = 0;
  private nextId = 1;

  constructor(private readonly options: PoolOptions) {}

  /** Headers of these pictures, in their order. */
  async facts(files: readonly PictureFile[]): Promise<readonly (PictureFacts | PictureFault)[]> {
    const answer = await this.ask({ kind: 'facts', files });
    return answer.kind === 'facts' ? answer.facts : answer.faults.map((fault) => fault ?? { fault: '' });
  }

  /** Decodes these pictures and brings them to one form. */
  async pixels(files: readonly PictureFile[], form: PictureForm, keep: boolean): Promise<DecodedPictures> {
    const answer = await this.ask({ kind: 'pixels', files, form, keep });
    if (answer.kind !== 'pixels') throw new Error('a decoding thread answered something else');
    return answer;
  }

  /**
   * Jobs go to the threads in turn and at once, not when one becomes free: while a training step computes, this thread cannot hand out
   * work.
   */
  private ask(request: Request): Promise<Result> {
    const thread = this.threadFor(this.nextThread++ % this.options.threads);
    const id = this.nextId++;
    return new Promise((resolve, reject) => {
      if (thread.waiting.size === 0) thread.heard = Date.now();
      thread.waiting.set(id, { request, resolve, reject });
      thread.worker.ref();
      thread.worker.postMessage({ id, ...request } satisfies PictureJob);
      this.watch(thread);
    });
  }

  private threadFor(index: number): Thread {
    const there = this.threads.get(index);
    if (there !== undefined) return there;
    const workerData: PictureWorkerData = { sharpFile: sharpFile() };
    const worker = new Worker(this.options.program, { eval: true, workerData });
    const thread: Thread = { worker, waiting: new Map(), heard: Date.now(), timer: null };
    this.threads.set(index, thread);
    worker.on('message', (answer: PictureAnswer) => {
      thread.heard = Date.now();
      if (answer.kind === 'alive') return;
      thread.waiting.get(answer.id)?.resolve(answer);
      thread.waiting.delete(answer.id);
      // An idle thread does not keep the program from ending.
      if (thread.waiting.size === 0) this.rest(thread);
    });
    const lose = (why: string): void => this.lose(thread, why);
    worker.on('error', (error) =>
      lose(`cannot be decoded (${error instanceof Error ? error.message : String(error)})`),
    );
    worker.on('exit', () => lose('cannot be decoded (it ends the decoder)'));
    worker.unref();
    return thread;
  }

  private rest(thread: Thread): void {
    if (thread.timer !== null) clearTimeout(thread.timer);
    thread.timer = null;
    thread.worker.unref();
  }

  /** Looks at the thread again when it might have been silent for too long. */
  private watch(thread: Thread): void {
    if (thread.timer !== null) return;
    const { silence } = this.options;
    thread.timer = setTimeout(
      () => {
        thread.timer = null;
        // Not at once: where this thread was busy itself, what the other one has said has not been heard yet.
        setImmediate(() => {
          if (thread.waiting.size === 0) return;
          if (Date.now() - thread.heard < silence) this.watch(thread);
          else this.lose(thread, `takes more than ${Math.round(silence / 1000)} seconds to read`);
        });
      },
      Math.max(1, thread.heard + silence - Date.now()),
    );
  }

  private lose(thread: Thread, why: string): void {
    for (const [index, one] of this.threads) if (one === thread) this.threads.delete(index);
    this.rest(thread);
    // Not waited for: a thread that hangs in foreign code ends when that does.
    void thread.worker.terminate().catch(() => undefined);
    const lost = [...thread.waiting.values()];
    thread.waiting.clear();
    // A thread does one job after the other: it was the first, those behind it had not begun.
    lost.forEach(({ request, resolve, reject }, place) => {
      (place === 0 ? this.again(request, why) : this.ask(request)).then(resolve, reject);
    });
  }

  /** Each picture of a lost job on its own; the one that was alone when it happened is given up. */
  private async again(request: Request, why: string): Promise<Result> {
    const { kind, files } = request;
    if (files.length === 1) {
      const fault: PictureFault = { fault: why };
      if (kind === 'facts') return { id: 0, kind, facts: [fault] };
      const { height, width, channels } = request.form;
      return { id: 0, kind, faults: [fault], pixels: new Uint8Array(request.keep ? height * width * channels : 0) };
    }
    if (kind === 'facts') {
      const facts: (PictureFacts | PictureFault)[] = [];
      for (const file of files) facts.push(...(await this.facts([file])));
      return { id: 0, kind, facts };
    }
    const parts: DecodedPictures[] = [];
    for (const file of files) parts.push(await this.pixels([file], request.form, request.keep));
    const pixels = new Uint8Array(parts.reduce((sum, part) => sum + part.pixels.length, 0));
    let at = 0;
    for (const part of parts) {
      pixels.set(part.pixels, at);
      at += part.pixels.length;
    }
    return { id: 0, kind, faults: parts.flatMap(({ faults }) => faults), pixels };
  }
}

function sharpFile(): string {
  const require = createRequire(import.meta.url);
  try {
    const file = require.resolve('sharp');
    // Loaded here too: a native library that only threads have loaded is unloaded with the last of them.
    require(file);
    return file;
  } catch (error) {
    throw new ProblemError({
      code: 'pictures-unavailable',
      title: 'No picture decoder',
      message: `Pictures cannot be decoded on this computer: the package sharp does not load (${error instanceof Error ? error.message.split('\n')[0] : String(error)}). Install Layerloom's packages again with optional packages included.`,
    });
  }
}

let shared: PicturePool | null = null;

/** The pool of this process: threads start when they are first needed. */
function pool(): PicturePool {
  shared ??= new PicturePool({
    threads: THREADS,
    program: pictureProgram(PICTURE_LIMITS),
    silence: (PICTURE_LIMITS.seconds + 10) * 1000,
  });
  return shared;
}

/** Headers of these pictures, in their order. */
export async function readPictureFacts(
  files: readonly PictureFile[],
): Promise<readonly (PictureFacts | PictureFault)[]> {
  return pool().facts(files);
}

/**
 * Decodes these pictures on another thread, as stored (pictureWorker.ts), and brings them to one form.
 * @param keep false only looks whether they can be decoded
 */
export async function decodePictures(
  files: readonly PictureFile[],
  form: PictureForm,
  keep = true,
): Promise<DecodedPictures> {
  return pool().pixels(files, form, keep);
}
