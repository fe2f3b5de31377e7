import type { ScheduleTime } from '../../../training/index.ts';

/** An epoch that is over. */
export interface EpochEnd {
  /** Counted from 1. */
  readonly epoch: number;
  /** Its measured values by name, validation included. */
  readonly values: { readonly [name: string]: number };
}

/** What accompanies a training outside its steps: a schedule, a callback. */
export interface TrainingHook {
  /** The learning rate of the step to come, from what the hooks before this one have made of the design's. */
  rate?(rate: number, time: ScheduleTime): number;
  epochEnded?(end: EpochEnd): void;
  /** Frees what it holds on the device. */
  dispose?(): void;
}

/** The learning rate of a step: the design's, as each hook in turn leaves it. */
export function hookedRate(hooks: readonly TrainingHook[], base: number, time: ScheduleTime): number {
  return hooks.reduce((rate, hook) => hook.rate?.(rate, time) ?? rate, base);
}
