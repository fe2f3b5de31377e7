import type * as Files from 'node:fs/promises';
import type { MessagePort, Transferable } from 'node:worker_threads';
import type * as Sharp from 'sharp';
import type { inspectPicture } from './inspectPicture.ts';
import type { PictureAnswer, PictureFacts, PictureFault, PictureFile, PictureForm, PictureJob } from './pictureJob.ts';

/** What the thread starts with: modules by absolute path, since a thread made of text has no place of its own. */
export interface PictureWorkerData {
  readonly sharpFile: string;
}

/** Beyond any of these a picture is left out, with a word: nothing may hold up the others or fill the memory. */
export interface PictureLimits {
  readonly pixels: number;
  readonly bytes: number;
  /** Of one picture, from the moment that its reading begins. */
  readonly seconds: number;
}

export const PICTURE_LIMITS: PictureLimits = { pixels: 64_000_000, bytes: 256 * 1024 * 1024, seconds: 20 };

/**
 * The program of a decoding thread. It is handed over as text (`toString`), so that it is the same from the source and from the bundle:
 * it may use its parameters and nothing else of this file.
 *
 * Pictures are decoded as stored, which is what TensorFlow's and Pillow's decoders give too: colour profiles and the camera's
 * orientation are not applied, transparency is dropped, of more than 8 bits a channel the upper 8 count, of an animation the first
 * picture, four inks are multiplied (red = cyan light × black light). What is inside tells the kind, and the least damage leaves a picture
 * out: decoders differ in how they go on after it.
 */
export function pictureWorkerMain(
  port: MessagePort,
  load: (file: string) => unknown,
  { sharpFile }: PictureWorkerData,
  limits: PictureLimits,
  inspect: typeof inspectPicture,
): void {
  const sharp = load(sharpFile) as typeof Sharp.default;
  const { open: openFile, constants } = load('node:fs/promises') as typeof Files;
  /** Pictures decoded at once; large ones go one at a time, so that a thread holds few whole photographs. */
  const AT_ONCE = 4;
  const LARGE_BYTES = 2 ** 20;
  /** Enough to tell what a file is. */
  const HEAD_BYTES = 64;
  sharp.cache(false);
  // Many pictures at once use the cores better than many threads on one.
  sharp.concurrency(1);

  const refuse = (reason: PictureFault): Error => Object.assign(new Error(reason.fault), { reason });
  const tooMany: PictureFault = { fault: `has more than ${limits.pixels / 1e6} million pixels` };
  const tooLong: PictureFault = { fault: `takes more than ${limits.seconds} seconds to read` };

  const open = (file: PictureFile): Sharp.Sharp =>
    sharp(file, { failOn: 'warning', ignoreIcc: true, limitInputPixels: limits.pixels });

  const faultOf = (error: unknown): PictureFault => {
    if (error instanceof Error && 'reason' in error) return error.reason as PictureFault;
    const text = (error instanceof Error ? error.message : String(error)).split('\n')[0]?.trim() ?? '';
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'ENOENT' || code === 'ENOTDIR') return { fault: 'is not there' };
    if (code === 'EACCES' || code === 'EPERM') return { fault: 'may not be read (permission denied)' };
    if (code === 'ENXIO' || code === 'ENODEV' || code === 'EISDIR') return { fault: 'is no file' };
    if (/missing|no such file|unable to open/i.test(text)) return { fault: 'is not there' };
    if (/unsupported image format|not a known file format/i.test(text)) return { fault: 'is no picture' };
    if (/exceeds pixel limit/i.test(text)) return tooMany;
    if (/timeout/i.test(text)) return tooLong;
    return { fault: `is damaged (${text})` };
  };

  /** Whatever the work hangs on, the others go on after the limit. */
  const inTime = <T>(work: Promise<T>): Promise<T> => {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(refuse(tooLong)), limits.seconds * 1000);
    });
    return Promise.race([work, late]).finally(() => clearTimeout(timer));
  };

  /** At most so many of its bytes. A pipe or a device is never waited for. */
  const bytesOf = async (file: PictureFile, most: number): Promise<Uint8Array> => {
    if (typeof file !== 'string') return file.subarray(0, most);
    const handle = await openFile(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const info = await handle.stat();
      if (!info.isFile()) throw refuse({ fault: 'is no file' });
      if (info.size > limits.bytes) throw refuse({ fault: `has more than ${limits.bytes / 2 ** 20} MiB` });
      // At once, which costs less than letting the decoder ask for its pieces.
      const bytes = new Uint8Array(Math.min(info.size, most));
      let length = 0;
      while (length < bytes.length) {
        const { bytesRead } = await handle.read(bytes, length, bytes.length - length, length);
        if (bytesRead === 0) break;
        length += bytesRead;
      }
      return bytes.subarray(0, length);
    } finally {
      await handle.close();
    }
  };

  /** @returns whether it is of four inks */
  const known = (bytes: Uint8Array, whole: boolean): boolean => {
    const { kind, other, cmyk, damage } = inspect(bytes, whole);
    if (other !== null) throw refuse({ fault: `is ${other}`, format: other });
    if (kind === null) throw refuse({ fault: 'is no picture' });
    if (damage !== null) throw refuse({ fault: `is damaged (${damage})` });
    return cmyk;
  };

  const factsOf = async (file: PictureFile): Promise<PictureFacts | PictureFault> => {
    known(await bytesOf(file, HEAD_BYTES), false);
    const { height, width, hasAlpha, depth, orientation } = await open(file).metadata();
    if (height * width > limits.pixels) return tooMany;
    const deep = depth !== 'uchar';
    return { height, width, alpha: hasAlpha === true, deep, turned: (orientation ?? 1) > 1 };
  };
  const readFacts = (file: PictureFile): Promise<PictureFacts | PictureFault> => inTime(factsOf(file)).catch(faultOf);

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
    const cmyk = known(bytes, true);
    const picture = open(bytes).timeout({ seconds: limits.seconds });
    const colours = cmyk
      ? picture.pipelineColourspace('cmyk').toColourspace('cmyk')
      : picture.toColourspace('srgb').removeAlpha();
    const { data, info } = await colours.raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true });
    if (cmyk) multiplyInks(data);
    if (out.length > 0) fill(data, info, form, out, start);
  };

  /** Red, green and blue in the place of cyan, magenta and yellow; the fourth byte stays behind them. */
  const multiplyInks = (data: Uint8Array): void => {
    for (let i = 0; i + 3 < data.length; i += 4) {
      const light = 255 - (data[i + 3] as number);
      for (let c = i; c < i + 3; c++) data[c] = Math.floor(((255 - (data[c] as number)) * light) / 255);
    }
  };

  const readPixels = async (file: PictureFile, form: PictureForm, out: Uint8Array, start: number) => {
    try {
      const bytes = await inTime(bytesOf(file, limits.bytes));
      const work = () => inTime(decode(bytes, form, out, start));
      await (bytes.length > LARGE_BYTES ? alone(work) : work());
      return null;
    } catch (error) {
      return faultOf(error);
    }
  };

  let beaten = Date.now();
  /** Tells that the thread is well, so that it is not taken for one that hangs. */
  const beat = (): void => {
    if (Date.now() - beaten < 1000) return;
    beaten = Date.now();
    port.postMessage({ kind: 'alive' } satisfies PictureAnswer);
  };

  const forEachAtOnce = async (count: number, work: (index: number) => Promise<void>): Promise<void> => {
    let next = 0;
    const lane = async (): Promise<void> => {
      while (next < count) {
        await work(next++);
        beat();
      }
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
      beaten = Date.now();
      const [message, transfer] = await answer(job);
      port.postMessage(message, transfer);
    });
  });
}
