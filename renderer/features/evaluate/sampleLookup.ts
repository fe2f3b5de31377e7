import type { Sample, SampleId } from '../../../core/data/index.ts';

/** Reads these samples, in the order asked for; null for what is not there. */
export type ReadSamples = (ids: readonly SampleId[]) => Promise<readonly (Sample | null)[]>;

/** Rows that come on screen together are asked for together; more than fit a screen go in several requests. */
const AT_ONCE = 100;

interface Asked {
  readonly id: SampleId;
  resolve(sample: Sample | null): void;
  reject(error: unknown): void;
}

/** Finds samples by their identity, and remembers those found. */
export class SampleLookup {
  readonly #read: ReadSamples;
  readonly #found = new Map<SampleId, Promise<Sample | null>>();
  #asked: Asked[] = [];

  constructor(read: ReadSamples) {
    this.#read = read;
  }

  /** Null when there is no such sample. Rejects when the data cannot be read; asking again then tries again. */
  get(id: SampleId): Promise<Sample | null> {
    const before = this.#found.get(id);
    if (before !== undefined) return before;
    const search = new Promise<Sample | null>((resolve, reject) => {
      if (this.#asked.length === 0) setTimeout(() => this.#send());
      this.#asked.push({ id, resolve, reject });
    });
    this.#found.set(id, search);
    search.catch(() => this.#found.delete(id));
    return search;
  }

  #send(): void {
    const asked = this.#asked;
    this.#asked = [];
    for (let from = 0; from < asked.length; from += AT_ONCE) {
      const some = asked.slice(from, from + AT_ONCE);
      this.#read(some.map(({ id }) => id)).then(
        (samples) => {
          for (const [i, { resolve }] of some.entries()) resolve(samples[i] ?? null);
        },
        (error) => {
          for (const { reject } of some) reject(error);
        },
      );
    }
  }
}
