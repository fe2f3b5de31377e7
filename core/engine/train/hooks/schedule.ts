import type { TrainingSettings } from '../../../document/index.ts';
import { scheduledRate } from '../../../training/index.ts';
import type { TrainingHook } from './hook.ts';

/** The learning rate as the design's schedule has it. */
export function scheduleHook(training: TrainingSettings): TrainingHook {
  return { rate: (learningRate, time) => scheduledRate({ ...training, learningRate }, time) };
}
