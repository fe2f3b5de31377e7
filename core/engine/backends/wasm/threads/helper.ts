import { workerData } from 'node:worker_threads';
import { FAILED, GATE, INSIDE, jobIn, kernelsOf, takeUnits, WAKE } from './job.ts';

/**
 * A helper thread: an instance of the SIMD module on the backend's memory. The kernels keep nothing in memory of their own, no stack and no
 * globals, so instances do not disturb one another.
 */
export interface HelperData {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly job: SharedArrayBuffer;
}

/** Looks this often for the next job before going to sleep: some 20 µs, as waking up takes longer than most pauses between kernels. */
const LOOKS = 2000;

const { module, memory, job: shared } = workerData as HelperData;
const { kernels } = kernelsOf(new WebAssembly.Instance(module, { env: { memory } }));
const job = jobIn(shared);
const { state } = job;

let seen = Atomics.load(state, WAKE);
for (;;) {
  for (let look = 0; look < LOOKS && Atomics.load(state, WAKE) === seen; look++);
  Atomics.wait(state, WAKE, seen);
  seen = Atomics.load(state, WAKE);
  Atomics.add(state, INSIDE, 1);
  try {
    if (Atomics.load(state, GATE) === 1) takeUnits(job, kernels);
  } catch {
    Atomics.store(state, FAILED, 1);
  }
  Atomics.sub(state, INSIDE, 1);
  Atomics.notify(state, INSIDE);
}
