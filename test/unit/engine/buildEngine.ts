import { join } from 'node:path';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '..', '..', '..');

/** Bundles the engine process as `npm run build` does. It must lie under the repository, so that it finds its packages. */
export async function buildEngine(name: string, entry = 'core/engine/process.ts'): Promise<string> {
  const outfile = join(root, 'node_modules', '.cache', 'layerloom', 'test', `${name}.cjs`);
  await build({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    packages: 'external',
    logLevel: 'error',
    define: { 'import.meta.url': 'bundleUrl' },
    banner: { js: "const bundleUrl = require('node:url').pathToFileURL(__filename).href;" },
  });
  return outfile;
}
