import type { FileHandle } from 'node:fs/promises';

/** Systems refuse to read 2 GiB or more at once. */
const MOST_AT_ONCE = 2 ** 30;

/** Bytes `from` to `from + length` of a file, into memory of their own. @throws Error when the file ends before */
export async function readSpan(file: FileHandle, from: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length; ) {
    const { bytesRead } = await file.read(bytes, at, Math.min(length - at, MOST_AT_ONCE), from + at);
    if (bytesRead === 0) throw new Error(`the file ends after ${from + at} of ${from + length} bytes`);
    at += bytesRead;
  }
  return bytes;
}
