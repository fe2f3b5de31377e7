import { open } from 'node:fs/promises';
import { readSpan } from '../../files/node.ts';
import { decode, layoutBytes, readLayout, type Safetensor, type SafetensorsFile } from './read.ts';

/**
 * Reads a safetensors file of any size from the disk, tensor by tensor, checked as by `readSafetensors`.
 * @throws the system's error when it cannot be read (`ENOENT`), ProblemError when it is not a valid file
 */
export async function readSafetensorsFile(path: string): Promise<SafetensorsFile> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const first = await readSpan(file, 0, Math.min(8, size));
    const { entries, metadata, dataStart } = readLayout(await readSpan(file, 0, layoutBytes(first, size)), size);
    const tensors = new Map<string, Safetensor>();
    for (const entry of entries)
      tensors.set(entry.name, decode(entry, await readSpan(file, dataStart + entry.begin, entry.end - entry.begin)));
    return { tensors, metadata };
  } finally {
    await file.close();
  }
}
