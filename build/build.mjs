// `npm run build`: everything in dist/, only what is stale. Also imported by start, test and the command line.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeNotices } from './notices.mjs';
import { root, staleness } from './stale.mjs';

const common = ['package.json', 'package-lock.json', 'tsconfig.json', 'build/build.mjs', 'core'];
const nodeEntries = {
  engine: 'core/engine/process.ts',
  cli: 'core/cli/main.ts',
  web: 'electron/web.ts',
  main: 'electron/main.ts',
  kernelThread: 'core/engine/backends/wasm/threads/helper.ts',
};
/** Kernels in AssemblyScript, for the wasm backend (core/engine/README.md). */
const kernelSources = 'core/engine/backends/wasm/simd';

const NOTICES = 'dist/THIRD-PARTY-NOTICES.txt';

const targets = {
  kernels: {
    inputs: ['package-lock.json', 'build/build.mjs', kernelSources],
    outputs: ['dist/kernels.wasm'],
    make: buildKernels,
  },
  node: {
    inputs: [...common, 'electron'],
    outputs: [...Object.keys(nodeEntries), 'preload'].map((name) => `dist/${name}.cjs`),
    make: buildNode,
  },
  renderer: {
    inputs: [...common, 'renderer', 'build/vite.config.ts'],
    outputs: ['dist/renderer/index.html', 'dist/renderer/chooser.html'],
    make: buildRenderer,
  },
  notices: {
    inputs: ['package-lock.json', 'build/notices.mjs', 'build/licences'],
    outputs: [NOTICES],
    make: () => writeNotices(NOTICES),
  },
};

/**
 * What stays a package of its own: TensorFlow.js must be one instance for all who load it, some find files beside themselves, and
 * the rest is native or optional. Everything else goes into the bundle, so that it does not matter whether a package is a
 * CommonJS or an ES module, which Node 20 mixes in different ways from one minor version to the next.
 */
const EXTERNAL = [
  'electron',
  '@tensorflow/*',
  'node-api-headers',
  'webgpu',
  'h5wasm',
  'h5wasm/*',
  'sharp',
  'bufferutil',
  'utf-8-validate',
];

async function buildNode() {
  const { build } = await import('esbuild');
  const shared = {
    absWorkingDir: root,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    sourcemap: true,
    logLevel: 'warning',
  };
  await Promise.all([
    build({
      ...shared,
      entryPoints: nodeEntries,
      outdir: 'dist',
      outExtension: { '.js': '.cjs' },
      target: 'node20',
      external: EXTERNAL,
      // CommonJS has no import.meta; files that come along are found relative to the bundle.
      define: { 'import.meta.url': 'bundleUrl' },
      banner: { js: "const bundleUrl = require('node:url').pathToFileURL(__filename).href;" },
    }),
    // Sandboxed preloads can load nothing but `electron`: one file.
    build({
      ...shared,
      entryPoints: ['electron/preload.ts'],
      outfile: 'dist/preload.cjs',
      target: 'es2023',
      external: ['electron'],
    }),
  ]);
}

/** The module has no data and no stack in memory, so that it can share one with TensorFlow.js' module and run on several threads. */
async function buildKernels() {
  const { main } = await import('assemblyscript/asc');
  const { error, stderr } = await main([
    `${kernelSources}/kernels.ts`,
    `--baseDir=${root}`,
    '--outFile=dist/kernels.wasm',
    '--importMemory',
    '--sharedMemory',
    '--maximumMemory=65536',
    '--enable=simd,threads',
    '--runtime=stub',
    '-O3',
    '--noAssert',
    // About functions that take vectors: they are called from inside the module only.
    '--disableWarning=112',
  ]);
  if (error) throw new Error(`the wasm kernels do not compile:\n${stderr.toString()}`);
}

async function buildRenderer() {
  const { build } = await import('vite');
  await build({ configFile: join(root, 'build/vite.config.ts'), logLevel: 'warn' });
}

/** Makes the named targets (`kernels`, `node`, `renderer`, `notices`; all unless said otherwise) when their inputs changed. Returns the names made. */
export async function ensureBuilt(names = Object.keys(targets)) {
  const made = [];
  for (const name of names) {
    const target = targets[name];
    const { stale, done } = staleness(`build-${name}`, target.inputs, target.outputs);
    if (!stale) continue;
    const start = Date.now();
    await target.make();
    done();
    made.push(name);
    console.error(`Built ${name} in ${((Date.now() - start) / 1000).toFixed(1)} s.`);
  }
  return made;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const made = await ensureBuilt().catch((error) => {
    console.error(`The build failed: ${error.message}`);
    process.exit(1);
  });
  if (made.length === 0) console.log('Everything is up to date.');
}
