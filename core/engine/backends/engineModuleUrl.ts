import { dirname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/**
 * Where packages are resolved from: this source file, or the bundle it ended up in. The bundle is CommonJS, where `import.meta.url`
 * is empty and `__filename` is the bundle itself.
 */
export function engineModuleUrl(): string {
  return typeof __filename === 'string' ? pathToFileURL(__filename).href : import.meta.url;
}

/** Folder of the program itself, which nobody but whoever installed it writes to: what child processes are started in. */
export function programFolder(): string {
  return dirname(fileURLToPath(engineModuleUrl()));
}
