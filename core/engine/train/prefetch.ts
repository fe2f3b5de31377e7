import type { StreamedField } from '../../data/node.ts';
import { sizeOf } from '../../tensor/index.ts';

/** Batches read ahead of the one that computes, fewer where they are large. */
const AHEAD = 4;
const AHEAD_BYTES = 256 * 1024 * 1024;

interface Reading {
  readonly indices: Int32Array;
  /** Values as the field gives them, by field. */
  readonly values: ReadonlyMap<string, Uint8Array>;
}

interface Entry {
  readonly reading: Promise<Reading>;
  done: Reading | null;
}

/**
 * Reads the batches of fields that are not in memory while the ones before them compute. At most four batches wait, and at most 256 MiB of
 * them (but always one). Their order is the one asked for, whichever is read first.
 */
export class Prefetch {
  private readonly depth: (batchSize: number) => number;
  private batches: Iterator<Int32Array> = [].values();
  private limit = 1;
  private queue: Entry[] = [];
  private current: Reading = { indices: new Int32Array(), values: new Map() };

  constructor(private readonly fields: ReadonlyMap<string, StreamedField>) {
    const sample = [...fields.values()].reduce((sum, { shape }) => sum + sizeOf(shape), 0);
    this.depth = (batchSize) => Math.max(1, Math.min(AHEAD, Math.floor(AHEAD_BYTES / (batchSize * sample))));
  }

  /** From here on, `advance` goes through `order` from its batch number `from` on. What was read of another order is let go. */
  follow(order: Int32Array, batchSize: number, from: number): void {
    this.batches = batchesOf(order, batchSize, from);
    this.limit = this.depth(batchSize);
    this.queue = [];
    this.fill();
  }

  /** Makes the next batch current: null when it was there already, else when it is. Rejects with what kept it from being read. */
  advance(): Promise<void> | null {
    const next = this.queue.shift();
    if (next === undefined) throw new Error('There is no next batch');
    this.fill();
    if (next.done === null) {
      return next.reading.then((reading) => {
        this.current = reading;
      });
    }
    this.current = next.done;
    return null;
  }

  /** Values of the current batch's samples with these indices, in any number and order. */
  take(name: string, indices: Int32Array): Float32Array {
    const field = this.fields.get(name);
    const values = this.current.values.get(name);
    if (field === undefined || values === undefined) throw new Error(`No batch of ${name} has been read`);
    const size = sizeOf(field.shape);
    const result = new Float32Array(indices.length * size);
    const places = placesIn(this.current.indices, indices);
    indices.forEach((_, i) => {
      const from = (places?.[i] ?? i) * size;
      const to = i * size;
      for (let at = 0; at < size; at++) result[to + at] = (values[from + at] ?? 0) / field.maximum;
    });
    return result;
  }

  /** Forgets everything; what is under way ends unheard. */
  dispose(): void {
    this.queue = [];
    this.batches = [].values();
    this.current = { indices: new Int32Array(), values: new Map() };
  }

  private fill(): void {
    while (this.queue.length < this.limit) {
      const next = this.batches.next();
      if (next.done === true) return;
      const entry: Entry = { reading: this.read(next.value), done: null };
      entry.reading.then(
        (reading) => {
          entry.done = reading;
        },
        // Whoever advances to this batch hears of it.
        () => undefined,
      );
      this.queue.push(entry);
    }
  }

  private async read(indices: Int32Array): Promise<Reading> {
    const names = [...this.fields.keys()];
    const read = await Promise.all([...this.fields.values()].map((field) => field.read(indices)));
    return { indices, values: new Map(names.map((name, i) => [name, read[i] ?? new Uint8Array()])) };
  }
}

function* batchesOf(order: Int32Array, batchSize: number, from: number): Generator<Int32Array, undefined> {
  for (let start = from * batchSize; start < order.length; start += batchSize) {
    yield order.slice(start, start + batchSize);
  }
}

/** Where in the batch each of these is; null where they are the batch itself. */
function placesIn(batch: Int32Array, indices: Int32Array): readonly number[] | null {
  if (indices.length === batch.length && indices.every((index, i) => index === batch[i])) return null;
  const places = new Map(Array.from(batch, (index, place) => [index, place]));
  return Array.from(indices, (index) => {
    const place = places.get(index);
    if (place === undefined) throw new Error(`Sample ${index} is not in the batch that was read`);
    return place;
  });
}
