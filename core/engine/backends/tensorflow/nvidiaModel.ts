import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Model of the first NVIDIA card the Linux driver lists, such as `NVIDIA GeForce RTX 4070`; null where it lists none. */
export function nvidiaModel(folder = '/proc/driver/nvidia/gpus'): string | null {
  try {
    const [first] = readdirSync(folder).sort();
    if (first === undefined) return null;
    return /^Model:\s*(.+?)\s*$/m.exec(readFileSync(join(folder, first, 'information'), 'utf8'))?.[1] ?? null;
  } catch {
    return null;
  }
}
