import { spawn } from 'node:child_process';
import { mkdir, readdir, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { ProblemError } from '../../errors.ts';
import { programFolder } from '../backends/engineModuleUrl.ts';
import { bindingPath } from './location.ts';

const COMPILERS = ['g++', 'clang++', 'c++'];

/** The first C++ compiler that answers, or null. */
export async function findCompiler(candidates: readonly string[] = COMPILERS): Promise<string | null> {
  for (const name of candidates)
    if ((await run(name, ['--version'], programFolder(), undefined)).code === 0) return name;
  return null;
}

/**
 * Compiles the N-API binding whose source comes in the npm package @tensorflow/tfjs-node-gpu against the unpacked libraries. N-API
 * is stable across Node versions, so one binding serves Node 20, 22, 24.
 * @throws ProblemError `engine-no-compiler` or `engine-compile`.
 */
export async function compileBinding(dir: string, anchor: string, signal: AbortSignal): Promise<void> {
  const compiler = await findCompiler();
  if (compiler === null)
    throw new ProblemError({
      code: 'engine-no-compiler',
      title: 'No C++ compiler',
      message: `The TensorFlow engine needs a C++ compiler once, to build its binding to Node, and none of ${COMPILERS.join(', ')} was found. Install one (Debian, Ubuntu: sudo apt install g++; Fedora: sudo dnf install gcc-c++) and try again. Until then the WebAssembly engine trains.`,
    });
  const require = createRequire(anchor);
  const source = join(dirname(require.resolve('@tensorflow/tfjs-node-gpu/package.json')), 'binding');
  const napi = join(dirname(require.resolve('node-api-headers/package.json')), 'include');
  const libraries = join(dir, 'tensorflow');
  // The binding asks for libtensorflow and libtensorflow_framework; the wheel calls them otherwise.
  await symlink('libtensorflow_cc.so.2', join(libraries, 'libtensorflow.so'));
  await symlink('libtensorflow_framework.so.2', join(libraries, 'libtensorflow_framework.so'));
  await mkdir(dirname(bindingPath(dir)), { recursive: true });
  const files = (await readdir(source)).filter((f) => f.endsWith('.cc')).map((f) => join(source, f));
  const args = [
    '-std=c++17',
    '-O2',
    '-fPIC',
    '-shared',
    '-DNAPI_VERSION=8',
    '-I',
    napi,
    '-I',
    join(libraries, 'include'),
    '-I',
    source,
    ...files,
  ];
  args.push(
    '-o',
    bindingPath(dir),
    '-L',
    libraries,
    '-ltensorflow',
    '-ltensorflow_framework',
    '-Wl,-rpath,$ORIGIN/../tensorflow',
  );
  const result = await run(compiler, args, dir, signal);
  if (result.code === 0) return;
  signal.throwIfAborted();
  if (/No space left/i.test(result.errors))
    throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
  const first =
    result.errors.split('\n').find((l) => /error/i.test(l)) ?? result.errors.trim().split('\n').at(-1) ?? '';
  throw new ProblemError({
    code: 'engine-compile',
    title: 'Binding did not compile',
    message: `${compiler} could not build TensorFlow's binding to Node: ${first.slice(0, 300)} Nothing was installed. A newer compiler (GCC 9 or later) usually helps; until then the WebAssembly engine trains.`,
    facts: { compiler },
  });
}

function run(
  command: string,
  args: readonly string[],
  cwd: string,
  signal: AbortSignal | undefined,
): Promise<{ code: number | null; errors: string }> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, stdio: ['ignore', 'ignore', 'pipe'], ...(signal ? { signal } : {}) });
    let errors = '';
    child.stderr.on('data', (chunk: Buffer) => {
      errors = (errors + chunk.toString()).slice(-20_000);
    });
    child.on('error', (error) => resolve({ code: null, errors: error.message }));
    child.on('close', (code) => resolve({ code, errors }));
  });
}
