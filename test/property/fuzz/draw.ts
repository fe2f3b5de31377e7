import { seededRandom } from '../../../core/data/random.ts';

/** Seeded draws: case `i` of a fuzz is the same on every machine, so a failure's number is enough to have it again. */
export interface Draw {
  /** A whole number from 0 to below `n`. */
  readonly below: (n: number) => number;
  readonly pick: <T>(list: readonly T[]) => T;
  readonly chance: (share: number) => boolean;
}

export function drawFrom(seed: number): Draw {
  const random = seededRandom(seed);
  const below = (n: number) => Math.floor(random() * n);
  return {
    below,
    pick: <T>(list: readonly T[]) => list[below(list.length)] as T,
    chance: (share) => random() < share,
  };
}

/** How many cases run: those of the suite, or as many as `LAYERLOOM_FUZZ` says by hand. */
export function caseCount(usual: number): number {
  const asked = Number(process.env.LAYERLOOM_FUZZ);
  return Number.isInteger(asked) && asked > 0 ? asked : usual;
}

/** Processor time that no case may pass; of this process alone, so that a busy machine does not count. */
export const LIMIT_MS = 2000;

/** Milliseconds of this process's processors since `start`. */
export function cpuSince(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}
