import { basename, join } from 'node:path';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '..', '..');

/** Bundles a program of the tests, to be run in a process of its own. Returns the file, which lies where it finds the repository's packages. */
export async function bundle(file: string): Promise<string> {
  const outfile = join(root, 'node_modules', '.cache', 'layerloom', 'test', basename(file).replace(/\.ts$/, '.mjs'));
  await build({
    absWorkingDir: root,
    entryPoints: [file],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'error',
  });
  return outfile;
}
