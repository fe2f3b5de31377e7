import type { MessagePort, Transferable } from 'node:worker_threads';
import type * as Sharp from 'sharp';
import type { PictureAnswer, PictureFacts, PictureFault, PictureFile, PictureForm, PictureJob } from './pictureJob.ts';

/** What the thread starts with: modules by absolute path, since a thread made of text has no place of its own. */
export interface PictureWorkerData {
  readonly sharpFile: string;
}

/** As `node:fs/promises`, of which the thread needs one function. */
interface Files {
  readFile(file: string): Promise<Uint8Array>;
}

/** A picture larger than this many pixels is refused: its bytes alone would be hundreds of megabytes. */
export const MAX_PICTURE_PIXELS = 64_000_000;

/**
 * The program of a decoding thread. It is handed over as text (`toString`), so that it is the same from the source and from the bundle:
 * it may use its parameters and nothing else of this file.
 *
 * Pictures are decoded as stored, which is what TensorFlow's and Pillow's decoders give too: colour profiles and the camera's
 * orientation are not applied, transparency is dropped, of more than 8 bits a channel the upper 8 count, of an animation the first
 * picture.
 */
export function pictureWorkerMain(
  port: MessagePort,
  load: (file: string) => unknown,
  { sharpFile }: PictureWorkerData,
  maxPixels: number,
): void {
  const sharp = load(sharpFile) as typeof Sharp.default;
  const { readFile } = load('node:fs/promises') as Files;
  /** Pictures decoded at once; large ones go one at a time, so that a thread holds few whole photographs. */
  const AT_ONCE = 4;
  const LARGE_BYTES = 2 ** 20;
  sharp.cache(false);
  // Many pictures at once use the cores better than many threads on one.
  sharp.concurrency(1);

  const open = (file: PictureFile): Sharp.Sharp =>
    sharp(file, { failOn: 'error', ignoreIcc: true, limitInputPixels: maxPixels });

  const faultOf = (error: unknown): PictureFault => {
    const text = (error instanceof Error ? error.message : String(error)).split('\n')[0]?.trim() ?? '';
    if (/missing|no such file|unable to open/i.test(text)) return { fault: 'is not there' };
    if (/unsupported image format|not a known file format/i.test(text)) return { fault: 'is no picture' };
    if (/exceeds pixel limit/i.test(text)) return { fault: `has more than ${maxPixels / 1e6} million pixels` };
    return { fault: `is damaged (${text})` };
  };

  const readFacts = async (file: PictureFile): Promise<PictureFacts | PictureFault> => {
    try {
      const { height, width, hasAlpha, depth, orientation } = await open(file).metadata();
      if (height * width > maxPixels) return { fault: `has more than ${maxPixels / 1e6} million pixels` };
      const deep = depth !== 'uchar';
      return { height, width, alpha: hasAlpha === true, deep, turned: (orientation ?? 1) > 1 };
    } catch (error) {
      return faultOf(error);
    }
  };

  /** Bilinear with half-pixel centres and without smoothing, as `tf.image.resize`; rounded to whole numbers. */
  const fill = (
    source: Uint8Array,
    from: { height: number; width: number; channels: number },
    form: PictureForm,
    out: Uint8Array,
    start: number,
  ): void => {
    const { height, width, channels } = form;
    let [top, left, cropHeight, cropWidth] = [0, 0, from.height, from.width];
    if (form.fit === 'crop') {
      cropHeight = Math.max(1, Math.min(from.height, Math.floor((from.width * height) / width)));
      cropWidth = Math.max(1, Math.min(from.width, Math.floor((from.height * width) / height)));
      top = Math.floor((from.height - cropHeight) / 2);
      left = Math.floor((from.width - cropWidth) / 2);
    }
    const plain = cropHeight === height && cropWidth === width;
    const stride = from.channels;
    const colour = stride >= 3;
    const grey = channels === 1;
    if (plain && stride === channels && width === from.width) {
      out.set(source.subarray(top * width * stride, (top + height) * width * stride), start);
      return;
    }
    const x0 = new Int32Array(width);
    const x1 = new Int32Array(width);
    const dx = new Float64Array(width);
    for (let x = 0; x < width; x++) {
      const at = Math.min(Math.max(((x + 0.5) * cropWidth) / width - 0.5, 0), cropWidth - 1);
      const low = Math.floor(at);
      x0[x] = (left + low) * stride;
      x1[x] = (left + Math.min(low + 1, cropWidth - 1)) * stride;
      dx[x] = at - low;
    }
    let to = start;
    for (let y = 0; y < height; y++) {
      const at = Math.min(Math.max(((y + 0.5) * cropHeight) / height - 0.5, 0), cropHeight - 1);
      const low = Math.floor(at);
      const dy = at - low;
      const row0 = (top + low) * from.width * stride;
      const row1 = (top + Math.min(low + 1, cropHeight - 1)) * from.width * stride;
      for (let x = 0; x < width; x++) {
        const a = x0[x] as number;
        const b = x1[x] as number;
        const d = dx[x] as number;
        let luma = 0;
        for (let c = 0; c < (grey && !colour ? 1 : 3); c++) {
          const k = colour ? c : 0;
          const upper = (source[row0 + a + k] as number) * (1 - d) + (source[row0 + b + k] as number) * d;
          const lower = (source[row1 + a + k] as number) * (1 - d) + (source[row1 + b + k] as number) * d;
          const value = upper * (1 - dy) + lower * dy;
          if (!grey) out[to++] = (value + 0.5) | 0;
          else luma += colour ? value * (c === 0 ? 0.299 : c === 1 ? 0.587 : 0.114) : value;
        }
        if (grey) out[to++] = (luma + 0.5) | 0;
      }
    }
  };

  let last: Promise<unknown> = Promise.resolve();
  const alone = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = last.then(work, work);
    last = mine;
    return mine;
  };

  const decode = async (bytes: Uint8Array, form: PictureForm, out: Uint8Array, start: number): Promise<void> => {
    const { data, info } = await open(bytes)
      .toColourspace('srgb')
      .removeAlpha()
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    if (out.length > 0) fill(data, info, form, out, start);
  };

  const readPixels = async (file: PictureFile, form: PictureForm, out: Uint8Array, start: number) => {
    try {
      // At once, which costs less than letting the decoder ask for its pieces.
      const bytes = typeof file === 'string' ? await readFile(file) : file;
      const work = () => decode(bytes, form, out, start);
      await (bytes.length > LARGE_BYTES ? alone(work) : work());
      return null;
    } catch (error) {
      return faultOf(error);
    }
  };

  const forEachAtOnce = async (count: number, work: (index: number) => Promise<void>): Promise<void> => {
    let next = 0;
    const lane = async (): Promise<void> => {
      while (next < count) await work(next++);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, lane));
  };

  const answer = async (job: PictureJob): Promise<[PictureAnswer, Transferable[]]> => {
    const { id, files } = job;
    if (job.kind === 'facts') {
      const facts: (PictureFacts | PictureFault)[] = [];
      await forEachAtOnce(files.length, async (i) => {
        facts[i] = await readFacts(files[i] as PictureFile);
      });
      return [{ id, kind: 'facts', facts }, []];
    }
    const { form, keep } = job;
    const size = form.height * form.width * form.channels;
    const pixels = new Uint8Array(keep ? files.length * size : 0);
    const faults: (PictureFault | null)[] = [];
    await forEachAtOnce(files.length, async (i) => {
      faults[i] = await readPixels(files[i] as PictureFile, form, pixels, i * size);
    });
    return [{ id, kind: 'pixels', pixels, faults }, [pixels.buffer]];
  };

  // One job after the other: the first that was asked for is the first that is needed.
  let jobs: Promise<void> = Promise.resolve();
  port.on('message', (job: PictureJob) => {
    jobs = jobs.then(async () => {
      const [message, transfer] = await answer(job);
      port.postMessage(message, transfer);
    });
  });
}
