import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { ProblemError } from '../../errors.ts';
import type {
  DecodedPictures,
  PictureAnswer,
  PictureFacts,
  PictureFault,
  PictureFile,
  PictureForm,
  PictureJob,
} from './pictureJob.ts';
import { MAX_PICTURE_PIXELS, type PictureWorkerData, pictureWorkerMain } from './pictureWorker.ts';

/** Half of the cores decode while the others train. */
const THREADS = Math.max(1, Math.min(8, Math.floor(availableParallelism() / 2)));

interface Thread {
  readonly worker: Worker;
  readonly waiting: Map<number, { resolve(answer: PictureAnswer): void; reject(error: unknown): void }>;
}

const threads = new Map<number, Thread>();
let nextThread = 0;
let nextId = 1;

/** Headers of these pictures, in their order. */
export async function readPictureFacts(
  files: readonly PictureFile[],
): Promise<readonly (PictureFacts | PictureFault)[]> {
  const answer = await ask({ id: nextId++, kind: 'facts', files });
  if (answer.kind !== 'facts') throw new Error('a decoding thread answered something else');
  return answer.facts;
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
  const answer = await ask({ id: nextId++, kind: 'pixels', files, form, keep });
  if (answer.kind !== 'pixels') throw new Error('a decoding thread answered something else');
  return answer;
}

/** How many jobs are worth having under way at once: one being done and one waiting in each thread. */
export const JOBS_AT_ONCE = 2 * THREADS;

/**
 * Jobs go to the threads in turn and at once, not when one becomes free: while a training step computes, this thread cannot hand out
 * work.
 */
function ask(job: PictureJob): Promise<PictureAnswer> {
  const thread = threadFor(nextThread++ % THREADS);
  return new Promise((resolve, reject) => {
    thread.waiting.set(job.id, { resolve, reject });
    thread.worker.ref();
    thread.worker.postMessage(job);
  });
}

function threadFor(index: number): Thread {
  const there = threads.get(index);
  if (there !== undefined) return there;
  const require = createRequire(import.meta.url);
  let sharpFile: string;
  try {
    sharpFile = require.resolve('sharp');
    // Loaded here too: a native library that only threads have loaded is unloaded with the last of them.
    require(sharpFile);
  } catch (error) {
    throw new ProblemError({
      code: 'pictures-unavailable',
      title: 'No picture decoder',
      message: `Pictures cannot be decoded on this computer: the package sharp does not load (${error instanceof Error ? error.message.split('\n')[0] : String(error)}). Install Layerloom's packages again with optional packages included.`,
    });
  }
  const program = `const { parentPort, workerData } = require('node:worker_threads');
(${pictureWorkerMain.toString()})(parentPort, require, workerData, ${MAX_PICTURE_PIXELS});`;
  const workerData: PictureWorkerData = { sharpFile };
  const worker = new Worker(program, { eval: true, workerData });
  const thread: Thread = { worker, waiting: new Map() };
  threads.set(index, thread);
  worker.on('message', (answer: PictureAnswer) => {
    thread.waiting.get(answer.id)?.resolve(answer);
    thread.waiting.delete(answer.id);
    // An idle thread does not keep the program from ending.
    if (thread.waiting.size === 0) worker.unref();
  });
  const fail = (error: unknown): void => {
    if (threads.get(index) === thread) threads.delete(index);
    for (const { reject } of thread.waiting.values()) reject(error);
    thread.waiting.clear();
  };
  worker.on('error', fail);
  worker.on('exit', (code) => fail(new Error(`a thread that decodes pictures ended with code ${code}`)));
  worker.unref();
  return thread;
}
