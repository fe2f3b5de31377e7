import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { engineModuleUrl } from '../engineModuleUrl.ts';

/**
 * A file that the build puts into dist/: beside the engine's bundle, or, when the sources run as they are (tests, benchmarks), in the
 * repository's dist folder.
 */
export function builtFile(name: string): string {
  for (let folder = dirname(fileURLToPath(engineModuleUrl())); ; folder = dirname(folder)) {
    const found = [join(folder, name), join(folder, 'dist', name)].find((path) => existsSync(path));
    if (found) return found;
    if (folder === dirname(folder)) throw new Error(`${name} is missing: run \`npm run build\``);
  }
}
