import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join, normalize, sep } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Entry, open, type ZipFile } from 'yauzl';

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

/**
 * Unpacks what is wanted of a wheel (a zip) under `target`, keeping its paths, since the libraries find each other by them.
 * Paths that would leave `target` are refused.
 */
export async function unpackWheel(path: string, target: string, signal: AbortSignal): Promise<void> {
  const zip = await new Promise<ZipFile>((resolve, reject) => {
    open(path, { lazyEntries: true, autoClose: false }, (error, file) => (error ? reject(error) : resolve(file)));
  });
  try {
    await new Promise<void>((resolve, reject) => {
      zip.on('error', reject);
      zip.on('end', resolve);
      zip.on('entry', (entry: Entry) => {
        unpackEntry(zip, entry, target, signal).then(() => zip.readEntry(), reject);
      });
      zip.readEntry();
    });
  } finally {
    zip.close();
  }
}

async function unpackEntry(zip: ZipFile, entry: Entry, target: string, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  const name = entry.fileName;
  if (name.endsWith('/') || !WANTED.some((pattern) => pattern.test(name))) return;
  const to = normalize(join(target, name));
  if (!to.startsWith(normalize(target) + sep)) return;
  await mkdir(dirname(to), { recursive: true });
  const executable = ((entry.externalFileAttributes >>> 16) & 0o111) !== 0;
  const stream = await new Promise<Readable>((resolve, reject) => {
    zip.openReadStream(entry, (error, readable) => (error ? reject(error) : resolve(readable)));
  });
  await pipeline(stream, createWriteStream(to, { mode: executable ? 0o755 : 0o644 }), { signal });
}
