import { z } from 'zod';
import { jsonFile } from '../jsonFile.ts';

/** Pairs that are remembered; the oldest are forgotten. */
const MOST = 2000;
const schema = z.array(z.object({ design: z.string(), data: z.string() }));

/** Which data outside their own folders designs were given, as real paths. */
export interface RememberedData {
  has(design: string, data: string): Promise<boolean>;
  add(design: string, data: string): Promise<void>;
}

/** Keeps it in `file`, newest first. */
export function rememberedData(file: string): RememberedData {
  const pairs = jsonFile(file, schema, []);
  const has = async (design: string, data: string) =>
    (await pairs.read()).some((pair) => pair.design === design && pair.data === data);
  return {
    has,
    add: async (design, data) => {
      if (await has(design, data)) return;
      // Where the disk refuses, the person is asked again after the next start: no reason not to read the data now.
      await pairs.change((list) => [{ design, data }, ...list].slice(0, MOST)).catch(() => undefined);
    },
  };
}
