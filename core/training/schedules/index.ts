import { constant } from './constant.ts';
import type { ScheduleTime } from './defineSchedule.ts';

export type { ScheduleTime } from './defineSchedule.ts';

/** The learning rate of one step of a run. */
export function scheduledRate(training: { readonly learningRate: number }, time: ScheduleTime): number {
  return constant.rate({}, training.learningRate, time);
}
