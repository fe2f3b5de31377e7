import type { BasicParams, Entry, ParamValues } from '../../params/index.ts';

/** Where in the run a step stands. */
export interface ScheduleTime {
  /** Steps done before this one. */
  readonly step: number;
  readonly stepsPerEpoch: number;
  /** Steps of the whole run. */
  readonly steps: number;
}

export interface ScheduleDefinition<N extends string = string, D extends BasicParams = BasicParams>
  extends Entry<N, D> {
  /** The learning rate of a step; `base` is the one the design names. */
  rate(settings: ParamValues<D>, base: number, time: ScheduleTime): number;
}

/** Types a schedule; adds nothing at run time. */
export function defineSchedule<const N extends string, const D extends BasicParams>(
  definition: ScheduleDefinition<N, D>,
): ScheduleDefinition<N, D> {
  return definition;
}
