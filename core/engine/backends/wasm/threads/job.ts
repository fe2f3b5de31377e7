/**
 * How the engine's thread hands work to its helpers: a few numbers in shared memory. A job is a kernel of the SIMD module, its arguments and
 * a range that is cut into units; everyone takes units until none is left.
 *
 * Nobody waits for a helper that has not come: helpers enter while the gate is open and leave again, and the job is over when no unit
 * is left, the gate is closed and nobody is inside. A helper that wakes too late finds the gate closed.
 */
export interface Job {
  readonly state: Int32Array;
  /** Arguments as JavaScript passes them to WebAssembly: addresses, sizes and 32-bit numbers alike. */
  readonly values: Float64Array;
}

export const MOST_ARGUMENTS = 32;

/** Places in `state`. */
export const WAKE = 0;
export const GATE = 1;
export const INSIDE = 2;
export const NEXT = 3;
export const FAILED = 4;
export const KERNEL = 5;
export const TOTAL = 6;
export const STEP = 7;
export const COUNT = 8;
const STATE_BYTES = 64;

export const jobMemory = () => new SharedArrayBuffer(STATE_BYTES + MOST_ARGUMENTS * 8);

export function jobIn(memory: SharedArrayBuffer): Job {
  return {
    state: new Int32Array(memory, 0, STATE_BYTES / 4),
    values: new Float64Array(memory, STATE_BYTES, MOST_ARGUMENTS),
  };
}

/** A kernel of the SIMD module: does `from` (inclusive) to `to` of whatever it counts. */
export type SimdKernel = (from: number, to: number, ...values: number[]) => void;

/** Takes units of the job under way until none is left. */
export function takeUnits({ state, values }: Job, kernels: readonly SimdKernel[]): void {
  const kernel = kernels[state[KERNEL] ?? 0];
  const total = state[TOTAL] ?? 0;
  const step = state[STEP] ?? 1;
  const args = Array.from(values.subarray(0, state[COUNT] ?? 0));
  for (;;) {
    const from = Atomics.add(state, NEXT, 1) * step;
    if (from >= total || !kernel) return;
    kernel(from, Math.min(total, from + step), ...args);
  }
}

/** The kernels in an order that all threads agree on. */
export function kernelsOf(instance: WebAssembly.Instance): {
  names: readonly string[];
  kernels: readonly SimdKernel[];
} {
  const functions = Object.entries(instance.exports).filter((entry) => typeof entry[1] === 'function');
  return { names: functions.map(([name]) => name), kernels: functions.map(([, kernel]) => kernel as SimdKernel) };
}
