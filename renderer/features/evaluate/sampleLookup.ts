import type { Sample } from '../../../core/data/index.ts';

/** Reads `count` samples from `offset` on, of all samples in the order of the source. */
export type ReadSamples = (offset: number, count: number) => Promise<{ total: number; samples: readonly Sample[] }>;

/**
 * Finds samples by their row in the source. Where no row was left out, row and offset are the same; where some were, a sample's
 * offset is at most its row, and offsets rise with rows, so a few halvings find it.
 */
export class SampleLookup {
  private readonly found = new Map<number, Promise<Sample | null>>();

  constructor(private readonly read: ReadSamples) {}

  /** Null when there is no such row. Rejects when the data cannot be read; asking again then tries again. */
  get(index: number): Promise<Sample | null> {
    let search = this.found.get(index);
    if (search === undefined) {
      search = this.search(index);
      this.found.set(index, search);
      search.catch(() => this.found.delete(index));
    }
    return search;
  }

  private async search(index: number): Promise<Sample | null> {
    let low = 0;
    let high = index;
    let offset = index;
    while (low <= high) {
      const { total, samples } = await this.read(offset, 1);
      const sample = samples[0];
      if (sample === undefined) {
        high = Math.min(high, total) - 1;
      } else if (sample.index === index) {
        return sample;
      } else if (sample.index > index) {
        high = offset - 1;
        // Each row left out before it moves a sample down by one: jump by as many as it is off, which may be the answer.
        low = Math.max(low, offset - (sample.index - index));
      } else {
        low = offset + 1;
      }
      offset = sample !== undefined && sample.index > index ? low : Math.floor((low + high) / 2);
    }
    return null;
  }
}
