import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { builtFile } from './builtFile.ts';
import type { HelperData } from './threads/helper.ts';
import {
  COUNT,
  FAILED,
  GATE,
  INSIDE,
  jobIn,
  jobMemory,
  KERNEL,
  kernelsOf,
  NEXT,
  type SimdKernel,
  STEP,
  TOTAL,
  takeUnits,
  WAKE,
} from './threads/job.ts';

/** More threads than this gain little: what is left is bound by the memory's speed. */
const MOST_THREADS = 8;

/** Our own kernels (simd/), on the memory of TensorFlow.js' module and on all processors. */
export interface Simd {
  readonly memory: WebAssembly.Memory;
  readonly threads: number;
  /**
   * Runs a kernel over [0, total), `step` of it a call. Calls run on several threads at once where there is more than one, in any order:
   * they must not depend on one another, and should take some 50 µs or more each.
   */
  run(name: string, total: number, step: number, ...values: number[]): void;
}

/** Threads to compute on: all processors, or as many as `LAYERLOOM_THREADS` says. */
function threadCount(): number {
  const wanted = Number(process.env.LAYERLOOM_THREADS);
  return Number.isInteger(wanted) && wanted > 0 ? wanted : Math.min(MOST_THREADS, availableParallelism());
}

/** Loads the SIMD module onto this memory. Its helper threads start with the first job for them and end with the process. */
export function startSimd(memory: WebAssembly.Memory): Simd {
  const module = new WebAssembly.Module(readFileSync(builtFile('kernels.wasm')));
  const { names, kernels } = kernelsOf(new WebAssembly.Instance(module, { env: { memory } }));
  const threads = threadCount();
  const shared = jobMemory();
  const job = jobIn(shared);
  const workerData: HelperData = { module, memory, job: shared };
  let helpers = 0;
  return {
    memory,
    threads,
    run(name, total, step, ...values) {
      const at = names.indexOf(name);
      const kernel = kernels[at];
      if (!kernel) throw new Error(`There is no SIMD kernel ${name}`);
      if (threads > 1 && total > step) runTogether(at, total, step, values);
      else for (let from = 0; from < total; from += step) kernel(from, Math.min(total, from + step), ...values);
    },
  };

  function runTogether(at: number, total: number, step: number, values: readonly number[]): void {
    for (; helpers < threads - 1; helpers++) new Worker(builtFile('kernelThread.cjs'), { workerData }).unref();
    const { state } = job;
    state[KERNEL] = at;
    state[TOTAL] = total;
    state[STEP] = step;
    state[COUNT] = values.length;
    job.values.set(values);
    Atomics.store(state, NEXT, 0);
    Atomics.store(state, GATE, 1);
    Atomics.add(state, WAKE, 1);
    Atomics.notify(state, WAKE);
    try {
      takeUnits(job, kernels as readonly SimdKernel[]);
    } finally {
      Atomics.store(state, GATE, 0);
      waitUntilEmpty(state);
    }
    if (Atomics.exchange(state, FAILED, 0) === 1)
      throw new Error(`The SIMD kernel ${names[at]} failed in a helper thread`);
  }
}

/** Waits for the last units of the others: awake at first, as they seldom take long. */
function waitUntilEmpty(state: Int32Array): void {
  for (let look = 0; Atomics.load(state, INSIDE) > 0; look++) {
    if (look < 5000) continue;
    const inside = Atomics.load(state, INSIDE);
    if (inside > 0) Atomics.wait(state, INSIDE, inside);
  }
}
