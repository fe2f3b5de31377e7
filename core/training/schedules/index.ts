import { byName, type SettingsOf } from '../../params/index.ts';
import { constant } from './constant.ts';
import { cosine } from './cosine.ts';
import type { AnySchedule } from './defineSchedule.ts';
import { exponential } from './exponential.ts';
import { plateau } from './plateau.ts';
import { step } from './step.ts';

export type { AnySchedule, KerasSchedule, ScheduleState, ScheduleTime } from './defineSchedule.ts';

/** Every schedule of the learning rate, in the order in which lists show them. */
export const SCHEDULES = byName(constant, step, exponential, cosine, plateau);

export type ScheduleName = keyof typeof SCHEDULES;

/** The settings of one schedule, or of any: its name and its parameters. */
export type ScheduleSettings = SettingsOf<(typeof SCHEDULES)[ScheduleName]>;

/** Of a design that says nothing of a schedule. */
export const CONSTANT_RATE: ScheduleSettings = { name: 'constant' };

/** The entry that these settings name. */
export function scheduleOf(settings: ScheduleSettings): AnySchedule {
  return SCHEDULES[settings.name];
}
