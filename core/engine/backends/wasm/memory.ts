import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { ProblemError } from '../../../errors.ts';

/** Addresses have 32 bits. */
const HEAP_LIMIT = 4 * 1024 ** 3;

const guarded = new WeakSet<BackendWasm>();

/**
 * Makes running out of memory an error. The stock backend takes the null that a failed allocation returns for an address and
 * overwrites the start of the heap, after which every result is garbage.
 */
export function guardMemory(backend: BackendWasm): void {
  if (guarded.has(backend)) return;
  guarded.add(backend);
  const { wasm } = backend;
  // Emscripten's first call replaces the function by the real one, which would undo what follows.
  wasm._free(wasm._malloc(1));
  const malloc = wasm._malloc;
  wasm._malloc = (bytes: number) => {
    const at = bytes < HEAP_LIMIT ? malloc(bytes) : 0;
    if (at === 0 && bytes > 0) throw outOfMemory(bytes, wasm.HEAPU8.length);
    return at;
  };
}

function outOfMemory(bytes: number, used: number): ProblemError {
  const mib = (n: number) => Math.ceil(n / 1024 ** 2).toLocaleString('en');
  return new ProblemError({
    code: 'out-of-memory',
    title: 'Out of memory',
    message: `The network does not fit into the memory of the wasm backend: another ${mib(bytes)} MiB were needed on top of ${mib(used)} MiB, and it can hold 4,096 MiB at most. Use a smaller batch size, smaller layers, or another backend.`,
    facts: { bytes, used },
  });
}
