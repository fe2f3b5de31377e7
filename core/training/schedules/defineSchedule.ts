import type { BasicParams, Entry, ForgottenParams, ParamValues } from '../../params/index.ts';
import type { KerasObject } from '../kerasObject.ts';

/** Where in the run a step stands. */
export interface ScheduleTime {
  /** Steps done before this one. */
  readonly step: number;
  readonly stepsPerEpoch: number;
  /** Steps of the whole run. */
  readonly steps: number;
}

/** What a schedule that reacts to results remembers from epoch to epoch: part of a checkpoint. */
export interface ScheduleState {
  readonly [name: string]: number;
}

/** How a schedule reacts to what training brings. */
export interface Reaction<S> {
  readonly begin: ScheduleState;
  /** At an epoch's end. @param loss on validation samples, or on training samples where nothing is validated */
  epochEnded(settings: S, state: ScheduleState, loss: number, base: number): ScheduleState;
}

/** The same in Keras 3. */
export interface KerasSchedule extends KerasObject {
  /** A `schedule` of `keras.optimizers.schedules` in place of the learning rate, or a `callback` of `keras.callbacks`. */
  readonly kind: 'schedule' | 'callback';
  /** Further arguments, which count steps: this many epochs, or all that is left after so many, in whole steps, rounded down. */
  readonly epochs: { readonly [argument: string]: number | { readonly leftAfter: number } };
}

export interface ScheduleDefinition<N extends string = string, D extends BasicParams = BasicParams>
  extends Entry<N, D> {
  /**
   * The learning rate of a step; `base` is the one the design names. A function of what it is given and of nothing else, so that a run that
   * is taken up again has the same rates.
   */
  rate(settings: ParamValues<D>, base: number, time: ScheduleTime, state: ScheduleState): number;
  /** Where it follows from results, too, and not from the step alone. */
  readonly reacts?: Reaction<ParamValues<D>>;
  /** Why it never changes the rate within this many epochs, as a sentence; null where it does. */
  idle?(settings: ParamValues<D>, epochs: number): string | null;
  /** Null: Keras has the plain number. */
  keras(settings: ParamValues<D>, base: number): KerasSchedule | null;
}

/** A definition whose parameter types have been forgotten: what whoever runs any of them holds. */
export type AnySchedule = ScheduleDefinition<string, ForgottenParams>;

/** Types a schedule; adds nothing at run time. */
export function defineSchedule<const N extends string, const D extends BasicParams>(
  definition: ScheduleDefinition<N, D>,
): ScheduleDefinition<N, D> {
  return definition;
}

/** This many epochs as whole steps, rounded down. */
export function stepsOf(epochs: number, { stepsPerEpoch }: Pick<ScheduleTime, 'stepsPerEpoch'>): number {
  return Math.floor(epochs * stepsPerEpoch);
}
