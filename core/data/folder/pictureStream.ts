import { ProblemError } from '../../errors.ts';
import type { StreamedField } from '../loadedDataset.ts';
import type { PictureForm } from './pictureJob.ts';
import { decodePictures } from './picturePool.ts';

/** Pictures of one job: a batch is shared out among the threads. */
const CHUNK = 16;

/**
 * Pictures read from disk as they are asked for. The first ones, as many as `keepBytes` holds, are kept decoded once they have been
 * read, so that an epoch after the first decodes only what is beyond that.
 */
export class PictureStream implements StreamedField {
  readonly shape: readonly number[];
  readonly maximum = 255;
  private readonly size: number;
  private readonly kept: Uint8Array;
  private readonly isKept: Uint8Array;

  constructor(
    private readonly files: readonly string[],
    private readonly form: PictureForm,
    keepBytes: number,
  ) {
    this.shape = [form.height, form.width, form.channels];
    this.size = form.height * form.width * form.channels;
    const count = Math.min(files.length, Math.floor(keepBytes / this.size));
    this.kept = new Uint8Array(count * this.size);
    this.isKept = new Uint8Array(count);
  }

  async read(indices: Int32Array): Promise<Uint8Array> {
    const { size } = this;
    const values = new Uint8Array(indices.length * size);
    const missing: number[] = [];
    indices.forEach((index, at) => {
      if (this.isKept[index] === 1) values.set(this.kept.subarray(index * size, (index + 1) * size), at * size);
      else missing.push(at);
    });
    const jobs: Promise<void>[] = [];
    for (let from = 0; from < missing.length; from += CHUNK) {
      jobs.push(this.decode(missing.slice(from, from + CHUNK), indices, values));
    }
    await Promise.all(jobs);
    return values;
  }

  private async decode(places: readonly number[], indices: Int32Array, values: Uint8Array): Promise<void> {
    const { size } = this;
    const files = places.map((at) => this.files[indices[at] ?? -1] ?? '');
    const { pixels, faults } = await decodePictures(files, this.form);
    places.forEach((at, i) => {
      const fault = faults[i];
      if (fault) throw gone(files[i] ?? '', fault.fault);
      const one = pixels.subarray(i * size, (i + 1) * size);
      values.set(one, at * size);
      const index = indices[at] ?? 0;
      if (index >= this.isKept.length) return;
      this.kept.set(one, index * size);
      this.isKept[index] = 1;
    });
  }
}

function gone(file: string, fault: string): ProblemError {
  return new ProblemError({
    code: 'picture-gone',
    title: 'Picture lost',
    message: `“${file}” could be read when the data were opened, but now it ${fault}. Put it back, or remove it from the folder and train again.`,
    facts: { file },
  });
}
