import {
  type AnySchedule,
  type ScheduleSettings,
  type ScheduleState,
  type ScheduleTime,
  scheduleOf,
} from '../../../training/index.ts';
import type { EpochEnd, TrainingHook } from './hook.ts';

/** The learning rate as the design's schedule has it, with what the schedule remembers of the results so far. */
export class Schedule implements TrainingHook {
  /** Whether the rate is more than the number that the design names: then it is part of the curve. */
  readonly varies: boolean;
  private readonly definition: AnySchedule;
  private readonly settings: ScheduleSettings;
  private readonly base: number;
  private memory: ScheduleState;

  constructor(settings: ScheduleSettings, base: number) {
    this.settings = settings;
    this.base = base;
    this.varies = settings.name !== 'constant';
    this.definition = scheduleOf(settings);
    this.memory = this.definition.reacts?.begin ?? {};
  }

  /** What it needs to go on; null where its rates follow from the step alone. */
  get state(): ScheduleState | null {
    return this.definition.reacts ? this.memory : null;
  }

  restore(state: ScheduleState): void {
    this.memory = state;
  }

  rate(base: number, time: ScheduleTime): number {
    return this.definition.rate(this.settings, base, time, this.memory);
  }

  epochEnded({ values }: EpochEnd): void {
    const loss = values.valLoss ?? values.loss;
    if (this.definition.reacts && loss !== undefined && Number.isFinite(loss))
      this.memory = this.definition.reacts.epochEnded(this.settings, this.memory, loss, this.base);
  }
}
