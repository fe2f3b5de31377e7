import { z } from 'zod';

/** The machinery behind a backend. Bytes throughout. */
export const hardwareSchema = z.object({
  kind: z.enum(['processor', 'graphics']),
  /** As its maker calls it: `AMD Ryzen 7 5800X`, `NVIDIA GeForce RTX 4070`. */
  name: z.string(),
  /** Processor cores that this program may use; null for a graphics processor. */
  cores: z.number().int().positive().nullable(),
  /** The machine's memory, or the card's own; null where the system does not tell. */
  memory: z.object({ total: z.number(), free: z.number() }).nullable(),
  /** The largest single tensor, where that is all one can learn of the memory (WebGPU); otherwise null. */
  largestTensor: z.number().nullable(),
});
export type Hardware = z.infer<typeof hardwareSchema>;

/** What "Test this device" found: how fast the standard network trains. */
export const benchmarkSchema = z.object({
  /** Which standard network: figures of different ones cannot be compared. */
  net: z.string(),
  /** ISO 8601. */
  measuredAt: z.string(),
  /** As the backend named it then. */
  device: z.string(),
  /** Of the backend. */
  version: z.string(),
  batchSize: z.number().int().positive(),
  /** Steps timed, and the seconds they took. */
  steps: z.number().int().positive(),
  seconds: z.number().positive(),
  /** Median over the stretches timed. */
  msPerStep: z.number().positive(),
  samplesPerSecond: z.number().positive(),
});
export type Benchmark = z.infer<typeof benchmarkSchema>;

/** How busy the engine keeps its device while it trains, over the last second or so. */
export const deviceUseSchema = z.object({
  /** Processor cores that the engine kept busy: 1.7 of 2. */
  coresUsed: z.number().nonnegative(),
  cores: z.number().int().positive(),
  /** Bytes of memory that the engine process takes. */
  memory: z.number().nonnegative(),
  /** Share of the time, 0..1, in which the engine had nothing to do but wait for its device; null where it computes itself. */
  waiting: z.number().min(0).max(1).nullable(),
  /** What the card's driver says of it; null where it says nothing. */
  card: z
    .object({
      /** Share of the time, 0..1, in which the card was at work; null where the driver does not tell. */
      busy: z.number().min(0).max(1).nullable(),
      /** Bytes, of all programs that use the card. */
      memoryUsed: z.number().nonnegative(),
      memoryTotal: z.number().nonnegative(),
    })
    .nullable(),
});
export type DeviceUse = z.infer<typeof deviceUseSchema>;
