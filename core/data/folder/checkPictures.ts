import type { PictureProgress } from '../schema.ts';
import { fileStamp } from './contentDigests.ts';
import type { PictureFacts, PictureFault, PictureForm } from './pictureJob.ts';
import { decodePictures, JOBS_AT_ONCE, readPictureFacts } from './picturePool.ts';

/** Pictures of one job: few enough that progress is seen, enough that handing over costs nothing. */
const CHUNK = 32;
/** Files remembered while the process lives. */
const REMEMBERED = 500_000;

interface Known {
  readonly stamp: string;
  readonly facts: PictureFacts | PictureFault;
  /** Whether it has been decoded to its end. */
  whole: boolean;
}

/** What is known of files that have not changed since: settings are tried one after the other, the pictures stay. */
const known = new Map<string, Known>();

export interface CheckOptions {
  readonly onProgress?: ((progress: PictureProgress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Reads the headers of all pictures, where they are not known from before. */
export async function checkHeaders(
  files: readonly string[],
  { signal }: CheckOptions,
): Promise<readonly (PictureFacts | PictureFault)[]> {
  const facts: (PictureFacts | PictureFault)[] = [];
  await inChunks(files, signal, async (chunk, from) => {
    const stamps = await Promise.all(chunk.map(fileStamp));
    const entries = chunk.map((file, i) => {
      const entry = known.get(file);
      return entry !== undefined && entry.stamp === stamps[i] ? entry : null;
    });
    const missing = chunk.filter((_, i) => entries[i] === null);
    const read = missing.length === 0 ? [] : await readPictureFacts(missing);
    let next = 0;
    chunk.forEach((file, i) => {
      const fact = entries[i]?.facts ?? read[next++];
      if (fact === undefined) return;
      facts[from + i] = fact;
      const stamp = stamps[i];
      if (entries[i] === null && stamp) remember(file, { stamp, facts: fact, whole: false });
    });
  });
  return facts;
}

/**
 * Decodes every picture, which alone tells whether it is whole.
 * @param take gets the pixels of the pictures from index `from` on; null only looks, and passes over what is known to be whole
 * @returns the fault of each; null where all is well
 */
export async function decodeAll(
  files: readonly string[],
  form: PictureForm,
  take: ((pixels: Uint8Array, from: number, count: number) => void) | null,
  { signal, onProgress }: CheckOptions,
): Promise<readonly (PictureFault | null)[]> {
  const faults: (PictureFault | null)[] = files.map(() => null);
  let done = 0;
  await inChunks(files, signal, async (chunk, from) => {
    const wanted = chunk
      .map((file, i) => ({ file, at: from + i }))
      .filter(({ file }) => take !== null || known.get(file)?.whole !== true);
    if (wanted.length > 0) {
      const decoded = await decodePictures(
        wanted.map(({ file }) => file),
        form,
        take !== null,
      );
      wanted.forEach(({ file, at }, i) => {
        const fault = decoded.faults[i] ?? null;
        faults[at] = fault;
        const entry = known.get(file);
        if (entry !== undefined && fault !== null) known.set(file, { ...entry, facts: fault });
        else if (entry !== undefined) entry.whole = true;
      });
      take?.(decoded.pixels, from, chunk.length);
    }
    done += chunk.length;
    onProgress?.({ done, total: files.length });
  });
  return faults;
}

function remember(file: string, entry: Known): void {
  if (known.size >= REMEMBERED) known.clear();
  known.set(file, entry);
}

async function inChunks(
  files: readonly string[],
  signal: AbortSignal | undefined,
  work: (chunk: readonly string[], from: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < files.length) {
      signal?.throwIfAborted();
      const from = next;
      next += CHUNK;
      await work(files.slice(from, from + CHUNK), from);
    }
  };
  await unlessAborted(Promise.all(Array.from({ length: JOBS_AT_ONCE }, lane)), signal);
}

/** Rejects as soon as the signal says so, whatever the work is waiting for. */
async function unlessAborted(work: Promise<unknown>, signal: AbortSignal | undefined): Promise<void> {
  if (signal === undefined) {
    await work;
    return;
  }
  let stop = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop);
  });
  try {
    await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
