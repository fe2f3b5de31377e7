import { mkdir, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { z } from 'zod';
import { fileProblem, PRIVATE_FILE, PRIVATE_FOLDER, writeWhole } from '../files/node.ts';

/**
 * A small file of ours, read and written whole. What does not fit the schema is set aside as `<file>.broken` rather than overwritten, and
 * `fallback` is used. Changes are made one after another, so none is lost.
 */
export function jsonFile<S extends z.ZodType>(file: string, schema: S, fallback: z.output<S>) {
  let queue: Promise<unknown> = Promise.resolve();

  const load = async (): Promise<z.output<S>> => {
    let text: string;
    try {
      text = await readFile(file, 'utf8');
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return fallback; // Nothing written yet.
      throw fileProblem('read', file, error);
    }
    try {
      return schema.parse(JSON.parse(text));
    } catch {
      await rename(file, `${file}.broken`).catch(() => undefined);
      return fallback;
    }
  };

  return {
    /** Never throws: what cannot be read just now is as good as not written yet. */
    read: (): Promise<z.output<S>> => load().catch(() => fallback),
    /** Writes what `edit` makes of the value; changes wait for each other. Rejects where the file cannot be read or written. */
    change: (edit: (value: z.output<S>) => z.output<S>): Promise<void> => {
      const next = queue.then(async () => {
        // What cannot be read must not be written over.
        const value = edit(await load());
        await mkdir(dirname(file), { recursive: true, mode: PRIVATE_FOLDER });
        await writeWhole(file, `${JSON.stringify(value, null, 2)}\n`, { mode: PRIVATE_FILE });
      });
      queue = next.catch(() => undefined);
      return next;
    },
  };
}
