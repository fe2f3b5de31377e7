// `npm run bench [-- name … [argument …]]`: runs test/bench/<name>.ts, each a program that prints its own figures. What is no name of
// a benchmark is passed on.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuilt } from './build.mjs';
import { ensureInstalled, requireNode } from './install.mjs';
import { cacheDir, root } from './stale.mjs';
import { testPython } from './testTools.mjs';

requireNode();
ensureInstalled();
await ensureBuilt();
const { build } = await import('esbuild');
const folder = join(root, 'test/bench');
const wanted = process.argv.slice(2);
const all = (existsSync(folder) ? readdirSync(folder) : []).filter((file) => /\.tsx?$/.test(file));
const nameOf = (file) => file.replace(/\.tsx?$/, '');
const named = all.filter((file) => wanted.includes(nameOf(file)));
const passedOn = wanted.filter((argument) => !all.some((file) => nameOf(file) === argument));
if (all.length === 0 || (passedOn.length > 0 && named.length === 0)) {
  console.error(
    wanted.length ? `No benchmark is called ${wanted.join(' or ')} in test/bench.` : 'test/bench is empty.',
  );
  process.exit(1);
}
const names = named.length > 0 ? named : all;
if (names.includes('training.ts')) {
  try {
    process.env.LAYERLOOM_PYTHON = testPython();
  } catch (error) {
    console.log(`Keras and PyTorch are left out. ${error.message}`);
  }
}
const outdir = join(cacheDir, 'bench');
mkdirSync(outdir, { recursive: true });
let failed = 0;
for (const file of names) {
  console.log(`\n${file}`);
  // Kept inside node_modules so that packages resolve.
  const outfile = join(outdir, file.replace(/\.tsx?$/, '.mjs'));
  await build({
    entryPoints: [join(folder, file)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    define: { 'import.meta.url': JSON.stringify(new URL(`../test/bench/${file}`, import.meta.url).href) },
    logLevel: 'warning',
  });
  if (spawnSync(process.execPath, [outfile, ...passedOn], { cwd: root, stdio: 'inherit' }).status !== 0) failed++;
}
process.exit(failed ? 1 : 0);
