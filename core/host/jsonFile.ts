import { mkdir, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { z } from 'zod';
import { PRIVATE_FILE, PRIVATE_FOLDER, writeWhole } from '../files/node.ts';

/**
 * A small file of ours, read and written whole. What does not fit the schema is set aside as `<file>.broken` rather than overwritten, and
 * `fallback` is used. Changes are made one after another, so none is lost.
 */
export function jsonFile<S extends z.ZodType>(file: string, schema: S, fallback: z.output<S>) {
  let queue: Promise<unknown> = Promise.resolve();

  const read = async (): Promise<z.output<S>> => {
    let text: string;
    try {
      text = await readFile(file, 'utf8');
    } catch {
      return fallback; // Nothing written yet.
    }
    try {
      return schema.parse(JSON.parse(text));
    } catch {
      await rename(file, `${file}.broken`).catch(() => undefined);
      return fallback;
    }
  };

  return {
    read,
    change: (edit: (value: z.output<S>) => z.output<S>): Promise<void> => {
      const next = queue.then(async () => {
        const value = edit(await read());
        await mkdir(dirname(file), { recursive: true, mode: PRIVATE_FOLDER });
        await writeWhole(file, `${JSON.stringify(value, null, 2)}\n`, { mode: PRIVATE_FILE });
      });
      queue = next.catch(() => undefined);
      return next;
    },
  };
}
