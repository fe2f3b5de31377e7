import { CONSTANT_RATE, scheduleOf } from '../../training/index.ts';
import { defineRule } from './defineRule.ts';
import { setTraining } from './fixes.ts';

/** A schedule of the learning rate that training is too short for. */
export const idleSchedule = defineRule({
  name: 'idle-schedule',
  *check({ document: { training } }) {
    const { schedule = CONSTANT_RATE, epochs } = training;
    const definition = scheduleOf(schedule);
    const why = definition.idle?.(schedule, epochs) ?? null;
    if (why === null) return;
    yield {
      code: 'idle-schedule',
      severity: 'warning',
      title: 'Schedule',
      message: `${definition.title} does not come to its effect: ${why}. Train for more epochs, or set a shorter time.`,
      param: 'schedule',
      facts: { schedule: schedule.name, epochs },
      fixes: [setTraining('Use a constant rate', { schedule: { ...CONSTANT_RATE } })],
    };
  },
});
