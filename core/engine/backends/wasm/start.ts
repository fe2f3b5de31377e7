import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { engineModuleUrl } from '../engineModuleUrl.ts';

/** What Emscripten's module gives, as far as the backend uses it. */
interface StockModule {
  cwrap(name: string, result: 'number' | null, args: readonly 'number'[]): (...args: number[]) => number;
  tfjs: object;
}
type StockFactory = (options: object) => Promise<StockModule>;

/** Pages of 64 KiB: 16 MiB at first, 4 GiB at most. The module states the same limits. */
const PAGES = { initial: 256, maximum: 65_536 };

/**
 * Starts TensorFlow.js' module on a shared memory of ours and registers the backend with it.
 *
 * It is the package's multi-threaded build, the only one that takes a memory from outside, on one thread: the package never starts
 * it in Node, where it does not find its eight helper threads. Threads are ours instead (simd.ts), and share this memory.
 */
export async function registerOnOwnMemory(): Promise<WebAssembly.Memory> {
  const wasm = await import('@tensorflow/tfjs-backend-wasm');
  const entry = createRequire(engineModuleUrl()).resolve('@tensorflow/tfjs-backend-wasm');
  const dist = dirname(entry);
  const name = 'tfjs-backend-wasm-threaded-simd';
  const factory = createRequire(entry)(join(dist, '..', 'wasm-out', `${name}.js`)) as StockFactory;
  const memory = new WebAssembly.Memory({ ...PAGES, shared: true });
  const options = { wasmMemory: memory, wasmBinary: readFileSync(join(dist, `${name}.wasm`)), mainScriptUrlOrBlob: '' };
  const module = await undisturbed(() => factory(options));
  module.tfjs = {
    init: module.cwrap('init', null, []),
    initWithThreadsCount: module.cwrap('init_with_threads_count', null, ['number']),
    getThreadsCount: module.cwrap('get_threads_count', 'number', []),
    registerTensor: module.cwrap('register_tensor', null, ['number', 'number', 'number']),
    disposeData: module.cwrap('dispose_data', null, ['number']),
    dispose: module.cwrap('dispose', null, []),
  };
  wasm.setThreadsCount(1);
  tf.removeBackend('wasm');
  const Backend = wasm.BackendWasm as unknown as new (module: StockModule) => BackendWasm;
  tf.registerBackend('wasm', () => new Backend(module));
  return memory;
}

/** Says at once that it has loaded the module, and is never given anything to run. */
class IdleThread {
  onmessage: (event: { data: { cmd: string } }) => void = () => undefined;
  on(): void {}
  unref(): void {}
  terminate(): void {}
  postMessage({ cmd }: { cmd: string }): void {
    if (cmd === 'load') queueMicrotask(() => this.onmessage({ data: { cmd: 'loaded' } }));
  }
}

/**
 * The module starts eight threads before anyone can say how many are wanted, by a global `Worker` that it sets itself; and it listens for
 * errors that nobody caught, only to throw them again with its whole source in front.
 */
function undisturbed<T>(start: () => T): T {
  const worker = Object.getOwnPropertyDescriptor(globalThis, 'Worker');
  const events = ['uncaughtException', 'unhandledRejection'];
  const listeners = events.map((event) => process.rawListeners(event));
  Object.defineProperty(globalThis, 'Worker', { configurable: true, get: () => IdleThread, set: () => undefined });
  try {
    return start();
  } finally {
    if (worker) Object.defineProperty(globalThis, 'Worker', worker);
    else Reflect.deleteProperty(globalThis, 'Worker');
    events.forEach((event, i) => {
      for (const added of process.rawListeners(event))
        if (!listeners[i]?.includes(added)) process.removeListener(event, added as () => void);
    });
  }
}
