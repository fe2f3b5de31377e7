import type { TrainingSettings } from '../../document/index.ts';
import { CONSTANT_RATE, scheduleOf } from '../../training/index.ts';
import { atom, named, type Python } from '../python/expression.ts';
import { statement } from '../python/format.ts';
import { number, string } from '../python/literals.ts';
import { kerasObject } from './kerasObject.ts';

/** How the learning rate changes in the program. */
export interface ScheduleCode {
  /** Lines that come before the optimiser, four spaces in. */
  readonly before: readonly string[];
  /** What the optimiser gets for its learning rate. */
  readonly rate: Python;
  /** What goes along with `fit`. */
  readonly callbacks: readonly Python[];
  /** Modules of Python's own library, as import lines. */
  readonly standardImports: readonly string[];
}

/** @param validated whether there are validation samples, whose loss a schedule then goes by */
export function scheduleCode(training: TrainingSettings, validated: boolean): ScheduleCode {
  const { schedule = CONSTANT_RATE, learningRate, epochs } = training;
  const base = number(learningRate);
  const keras = scheduleOf(schedule).keras(schedule, learningRate);
  if (keras?.kind === 'callback')
    return {
      before: [],
      rate: base,
      callbacks: [kerasObject('callbacks', keras, validated ? [] : [named('monitor', string('loss'))])],
      standardImports: [],
    };
  if (keras === null) return { before: [], rate: base, callbacks: [], standardImports: [] };
  const counts = Object.entries(keras.epochs).map(([argument, count]) => named(argument, stepsPython(count, epochs)));
  return {
    before: [
      '    steps_per_epoch = math.ceil(len(train) / BATCH_SIZE)',
      ...statement('schedule = ', kerasObject('optimizers.schedules', keras, [], counts), 4),
    ],
    rate: atom('schedule'),
    callbacks: [],
    standardImports: ['import math'],
  };
}

function stepsPython(count: number | { readonly leftAfter: number }, epochs: number): Python {
  if (typeof count === 'number') return product(count, String(count));
  const { leftAfter } = count;
  const steps = product(leftAfter, leftAfter === 0 ? 'EPOCHS' : `(EPOCHS - ${leftAfter})`);
  // Keras refuses a decay over no step at all.
  const some = Number.isInteger(leftAfter) && leftAfter < epochs;
  return some ? steps : { kind: 'call', callee: 'max', args: [{ value: number(1) }, { value: steps }] };
}

function product(of: number, factor: string): Python {
  const text = factor === '1' ? 'steps_per_epoch' : `${factor} * steps_per_epoch`;
  return atom(Number.isInteger(of) ? text : `int(${text})`);
}
