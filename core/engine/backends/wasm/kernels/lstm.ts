import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { LSTM_GRAD_KERNEL, LSTM_KERNEL } from '../../../model/layers/fusedLstm.ts';
import type { Simd } from '../simd.ts';
import { columnTotals } from './columnTotals.ts';
import { addressOf, allocate, type Info, type Inputs, registerWasmKernel, view, withScratch } from './heap.ts';
import { multiply, withPacked } from './products.ts';

/**
 * An LSTM over a whole sequence and its gradient (Hochreiter & Schmidhuber 1997): the inputs' part of all time steps is one matrix product,
 * and so are the weights' gradients; between them simd/lstm.ts goes through time. Units are filled up to a multiple of 4
 * with ones that stay at zero.
 */
export function registerLstm(simd: Simd): void {
  const register = (name: string, run: (simd: Simd, inputs: Inputs, backend: BackendWasm) => Info[]) =>
    registerWasmKernel<object, Info[]>(name, () => (inputs, _, backend) => run(simd, inputs, backend));
  register(LSTM_KERNEL, forward);
  register(LSTM_GRAD_KERNEL, backward);
}

function forward(simd: Simd, { x, kernel, recurrent, bias }: Inputs, backend: BackendWasm): Info[] {
  if (!x || !kernel || !recurrent || !bias) throw new Error(`${LSTM_KERNEL} needs x, kernel, recurrent and bias`);
  const sizes = sizesOf(x, recurrent);
  const { time, batch, features, units, full } = sizes;
  const gates = allocate(backend, [time, batch, 4 * full]);
  const cells = allocate(backend, [time, batch, full]);
  const h = allocate(backend, [time, batch, full]);
  if (time * batch > 0)
    withParts(backend, [kernel, recurrent, bias], units, full, ([wx = 0, wh = 0, b = 0]) => {
      const from = { at: addressOf(backend, x), row: features, column: 1 };
      const by = { at: wx, row: 4 * full, column: 1 };
      multiply(simd, backend, from, by, [time * batch, features, 4 * full], addressOf(backend, gates));
      withPacked(simd, backend, { at: wh, row: 4 * full, column: 1 }, full, 4 * full, (packed) => {
        const step = share(simd, batch);
        const room = tableBytes(step) + step * 16 * full;
        withScratch(backend, Math.ceil(batch / step) * room, (scratch) => {
          const places = [addressOf(backend, gates), packed, b, addressOf(backend, h), addressOf(backend, cells)];
          simd.run('lstm', batch, step, step, time, batch, full, ...places, scratch, room);
        });
      });
    });
  return [narrowed(h, full, units, backend), gates, cells];
}

function backward(simd: Simd, inputs: Inputs, backend: BackendWasm): Info[] {
  const { dh, x, kernel, recurrent, saved0: h, saved1: gates, saved2: cells } = inputs;
  if (!dh || !x || !kernel || !recurrent || !h || !gates || !cells)
    throw new Error(`${LSTM_GRAD_KERNEL} needs what ${LSTM_KERNEL} took and returned`);
  const { time, batch, features, units, full } = sizesOf(x, recurrent);
  const rows = time * batch;
  const dx = allocate(backend, x.shape);
  const dkernel = allocate(backend, [features, 4 * full]);
  const drecurrent = allocate(backend, [units, 4 * full]);
  const dbias = allocate(backend, [4 * full]);
  for (const empty of [dkernel, drecurrent]) view(backend, empty).fill(0);
  withScratch(backend, rows * 16 * full, (slopes) => {
    const z = { at: slopes, row: 4 * full, column: 1 };
    if (rows > 0)
      withParts(backend, [kernel, recurrent], units, full, ([wx = 0, wh = 0]) => {
        withPacked(simd, backend, { at: wh, row: 1, column: 4 * full }, 4 * full, full, (turned) =>
          withWidened(backend, dh, units, full, (given) => {
            const step = share(simd, batch);
            const room = tableBytes(step) + step * 8 * full;
            withScratch(backend, Math.ceil(batch / step) * room, (scratch) => {
              const places = [given, addressOf(backend, gates), turned, addressOf(backend, cells), slopes];
              simd.run('lstmGrad', batch, step, step, time, batch, full, ...places, scratch, room);
            });
          }),
        );
        const back = { at: wx, row: 1, column: 4 * full };
        multiply(simd, backend, z, back, [rows, 4 * full, features], addressOf(backend, dx));
        const from = { at: addressOf(backend, x), row: 1, column: features };
        multiply(simd, backend, from, z, [features, rows, 4 * full], addressOf(backend, dkernel));
        // Each step's state came from the step before; the first one's was zero.
        const states = { at: addressOf(backend, h), row: 1, column: units };
        const later = { ...z, at: slopes + batch * 16 * full };
        const size = [units, rows - batch, 4 * full] as const;
        if (time > 1) multiply(simd, backend, states, later, size, addressOf(backend, drecurrent));
      });
    view(backend, dbias).set(columnTotals(simd, backend, { kernel: 'columnSums', of: [slopes] }, rows, 4 * full));
  });
  return [dx, ...[dkernel, drecurrent, dbias].map((info) => narrowed(info, full, units, backend))];
}

function sizesOf(x: Info, recurrent: Info) {
  const [time = 0, batch = 0, features = 0] = x.shape;
  const units = recurrent.shape[0] ?? 0;
  return { time, batch, features, units, full: Math.ceil(units / 4) * 4 };
}

/** Samples of the batch for one thread: in fours, and no more than keep their sums in the cache. */
function share(simd: Simd, batch: number): number {
  return Math.min(32, Math.max(4, Math.ceil(batch / simd.threads / 4) * 4));
}

const tableBytes = (step: number) => Math.ceil(step / 4) * 32;

/** Lines of `width` numbers, or of several such parts, spread out to parts of `full`; zeros between. */
function spread(source: Float32Array, width: number, full: number, target: Float32Array): void {
  target.fill(0);
  const parts = width === 0 ? 0 : source.length / width;
  for (let i = 0; i < parts; i++) target.set(source.subarray(i * width, (i + 1) * width), i * full);
}

/** Addresses of weights whose last axis holds four gates, each spread out from `units` to `full`; the recurrent kernel's lines too. */
function withParts(
  backend: BackendWasm,
  weights: readonly Info[],
  units: number,
  full: number,
  use: (at: number[]) => void,
): void {
  if (units === full) {
    use(weights.map((info) => addressOf(backend, info)));
    return;
  }
  const bytes = weights.map((info) => (Math.max(full, ...info.shape) + 4) * 16 * full);
  withScratch(
    backend,
    bytes.reduce((a, b) => a + b, 0),
    (start) => {
      let next = start;
      const at = weights.map((info, i) => {
        const here = next;
        next += bytes[i] ?? 0;
        spread(
          view(backend, info),
          units,
          full,
          new Float32Array(backend.wasm.HEAPU8.buffer, here, (bytes[i] ?? 0) / 4),
        );
        return here;
      });
      use(at);
    },
  );
}

function withWidened(backend: BackendWasm, info: Info, units: number, full: number, use: (at: number) => void): void {
  if (units === full) {
    use(addressOf(backend, info));
    return;
  }
  const size = (info.shape.reduce((a, b) => a * b, 1) / units) * full;
  withScratch(backend, size * 4, (at) => {
    spread(view(backend, info), units, full, new Float32Array(backend.wasm.HEAPU8.buffer, at, size));
    use(at);
  });
}

/** Takes the filling out of the last axis again, which holds one part or four. Disposes of what it was given. */
function narrowed(info: Info, full: number, units: number, backend: BackendWasm): Info {
  if (units === full) return info;
  const shape = [...info.shape.slice(0, -1), ((info.shape.at(-1) ?? 0) / full) * units];
  const made = allocate(backend, shape);
  const [source, target] = [view(backend, info), view(backend, made)];
  for (let i = 0; i * units < target.length; i++) target.set(source.subarray(i * full, i * full + units), i * units);
  backend.disposeData(info.dataId);
  return made;
}
