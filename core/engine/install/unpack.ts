import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Unzip, type UnzipDecoder, type UnzipFile, UnzipInflate, UnzipPassThrough } from 'fflate';

/** Of a wheel's tens of thousands of files, those the binding is compiled against and runs with. */
const WANTED = [
  /^tensorflow\/libtensorflow(_cc|_framework)\.so\.\d+$/,
  /^tensorflow\/include\/tensorflow\/c\/.*\.h$/,
  /^tensorflow\/include\/(tensorflow\/core|tsl|xla\/tsl)\/platform\/ctstring[a-z_]*\.h$/,
  /^tensorflow\/include\/(xla\/tsl|tsl)\/c\/.*\.h$/,
  /^tensorflow\/THIRD_PARTY_NOTICES\.txt$/,
  /^nvidia\/.*\.so[.\d]*$/,
  /^nvidia\/cuda_nvcc\/(bin|nvvm)\/.*/,
];
/** Programs among them: a wheel that is read from front to back does not say so before its end. */
const PROGRAMS = /^nvidia\/cuda_nvcc\/(nvvm\/)?bin\/[^/]+$/;

const CHUNK_BYTES = 256 * 1024;

/**
 * Unpacks what is wanted of a wheel (a zip) under `target`, keeping its paths, since the libraries find each other by them. The wheel is read
 * once from front to back, and no more of it is in memory than what is being written.
 * @param limit bytes that may be written in all
 * @throws Error where the wheel is no whole zip, an entry's path would leave `target`, or more would be written than `limit`
 */
export async function unpackWheel(path: string, target: string, signal: AbortSignal, limit: number): Promise<void> {
  const writing = new Writing(target, limit);
  let entries = 0;
  const zip = new Unzip((file) => {
    entries++;
    writing.begin(file);
  });
  zip.register(wantedOnly(UnzipPassThrough));
  zip.register(wantedOnly(UnzipInflate));
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: CHUNK_BYTES, signal })) {
      zip.push(chunk);
      await writing.flush();
    }
    zip.push(new Uint8Array(), true);
    await writing.flush();
  } finally {
    await writing.close();
  }
  if (entries === 0) throw new Error('the wheel is no zip archive');
}

/** A decoder that passes over what is not wanted: fflate would keep it in memory otherwise. */
function wantedOnly(Decoder: typeof UnzipInflate | typeof UnzipPassThrough) {
  return class implements UnzipDecoder {
    static readonly compression = Decoder.compression;
    readonly #decoder: UnzipDecoder | null;

    constructor(name: string) {
      this.#decoder = isWanted(name) ? new Decoder() : null;
    }

    set ondata(take: UnzipDecoder['ondata']) {
      if (this.#decoder !== null) this.#decoder.ondata = take;
    }

    push(chunk: Uint8Array, final: boolean): void {
      this.#decoder?.push(chunk, final);
    }
  };
}

function isWanted(name: string): boolean {
  return WANTED.some((pattern) => pattern.test(name));
}

/** Puts entries onto the disk, one after the other as they come. */
class Writing {
  readonly #target: string;
  #left: number;
  readonly #due: (() => Promise<void>)[] = [];
  #file: FileHandle | null = null;

  constructor(target: string, limit: number) {
    this.#target = target;
    this.#left = limit;
  }

  begin(entry: UnzipFile): void {
    const { name } = entry;
    if (/^[/\\]|^[a-z]:|(^|[/\\])\.\.([/\\]|$)/i.test(name)) throw new Error(`invalid relative path: ${name}`);
    if (isWanted(name)) this.#due.push(() => this.#open(name));
    entry.ondata = (error, bytes, final) => {
      if (error) throw error;
      this.#left -= bytes.length;
      if (this.#left < 0) throw new Error(`${name} is larger than anything that belongs to TensorFlow`);
      this.#due.push(() => this.#write(bytes, final));
    };
    entry.start();
  }

  /** Writes what has come since. */
  async flush(): Promise<void> {
    for (const step of this.#due.splice(0)) await step();
  }

  async close(): Promise<void> {
    await this.#file?.close();
    this.#file = null;
  }

  async #open(name: string): Promise<void> {
    await this.close();
    const to = join(this.#target, name);
    await mkdir(dirname(to), { recursive: true });
    this.#file = await open(to, 'w', PROGRAMS.test(name) ? 0o755 : 0o644);
  }

  async #write(bytes: Uint8Array, final: boolean): Promise<void> {
    if (bytes.length > 0) await this.#file?.writeFile(bytes);
    if (final) await this.close();
  }
}
