import * as tf from '@tensorflow/tfjs-core';
import type { TrainingSettings } from '../../../document/index.ts';
import type { BuiltModel } from '../../model/buildModel.ts';
import { randomness } from '../../model/layers/index.ts';
import { tfVariable } from '../../model/weights.ts';
import type { DeviceData } from '../deviceData.ts';
import type { Optimizer } from '../optimizers/index.ts';
import { inferenceBatch } from '../validate.ts';
import { backward } from './backward.ts';
import { batchLosses } from './batchLosses.ts';
import { fusedParts } from './fusedParts.ts';
import { type GradientTransform, transformed } from './gradientChain.ts';
import { type Instrument, withInstruments } from './instruments.ts';
import { type Measure, measure } from './measures.ts';
import type { StateCell, StepProgram } from './stepProgram.ts';

export interface StepsOptions {
  readonly model: BuiltModel;
  readonly data: DeviceData;
  readonly optimizer: Optimizer;
  /** The trained weights, in the order in which the optimiser has them. */
  readonly variables: readonly tf.Variable[];
  readonly measures: readonly Measure[];
  /** What becomes of the gradients before the update, in this order. */
  readonly transforms: readonly GradientTransform[];
  readonly instruments: readonly Instrument[];
  readonly settings: TrainingSettings;
  /** The learning rate of step number `step` (from 0) of the run. */
  readonly rate: (step: number) => number;
  /** How many samples an epoch goes through. */
  readonly samples: { readonly train: number; readonly validation: number };
}

type Kind = 'train' | 'measure';

/**
 * What a training does with one batch: a gradient step, or measuring without one. Where the backend can, both run as programs
 * (stepProgram.ts), which then hold the newest weights and slots; `sync` brings these back.
 */
export class Steps {
  private readonly options: StepsOptions;
  /** Undefined before the first batch, null where operations run one by one. */
  private program: StepProgram | null | undefined;
  /** The learning rate of the step at hand. */
  private rate = 0;
  /** Kind and batch size of the programs, in their order. */
  private programs: readonly { readonly kind: Kind; readonly size: number }[] = [];

  constructor(options: StepsOptions) {
    this.options = options;
  }

  /** One update with these samples, as step number `step` (from 0) of the run. Returns the measured values, to be disposed of. */
  train(indices: Int32Array, step: number): tf.Tensor {
    const { settings, optimizer, rate } = this.options;
    this.rate = rate(step);
    randomness.seed = settings.seed;
    randomness.step = step;
    this.program = this.program === undefined ? this.compile(indices) : this.program;
    if (!this.program) return this.update(indices);
    optimizer.recordable?.moveTo(optimizer.step + 1, this.rate);
    return this.runProgram(this.program, 'train', indices);
  }

  /** The measured values of these samples outside training, to be disposed of. */
  measure(indices: Int32Array): tf.Tensor {
    return this.program ? this.runProgram(this.program, 'measure', indices) : this.look(indices);
  }

  /** Makes the model's weights and the optimiser's slots the newest. */
  sync(): void {
    this.program?.sync();
  }

  /** Forgets the program: weights or slots were set from outside. */
  reset(): void {
    this.program?.dispose();
    this.program = undefined;
  }

  private runProgram(program: StepProgram, kind: Kind, indices: Int32Array): tf.Tensor {
    const which = this.programs.findIndex((one) => one.kind === kind && one.size === indices.length);
    if (which < 0) throw new Error(`No program was made for ${kind} with ${indices.length} samples`);
    this.options.data.select(indices);
    return program.run(which);
  }

  /** A training step part by part, one operation after another. */
  private update(indices: Int32Array): tf.Tensor {
    const { model, data, measures, transforms, instruments, optimizer, variables } = this.options;
    return tf.tidy(() => {
      const batch = data.batch(indices);
      const { gradients, measured } = backward(
        variables,
        () => batchLosses(model, batch, true),
        (losses) => measure(measures, batch, losses),
      );
      const view = { gradients, transformed: transformed(transforms, gradients) };
      // Before the update: it may write over the memory of what it is given.
      const told = withInstruments(measured, instruments, view);
      optimizer.apply(view.transformed, this.rate);
      return told;
    });
  }

  private look(indices: Int32Array): tf.Tensor {
    const { model, data, measures } = this.options;
    return tf.tidy(() => {
      const batch = data.batch(indices);
      return measure(measures, batch, batchLosses(model, batch, false));
    });
  }

  /** Programs for all batch sizes of an epoch, recorded with samples of the batch at hand: what they do follows from its size alone. */
  private compile(indices: Int32Array): StepProgram | null {
    const { optimizer, settings, samples } = this.options;
    const { recordable } = optimizer;
    const { steps: compiler } = fusedParts();
    if (!recordable || !compiler) return null;
    const program = (kind: Kind) => (size: number) => ({ kind, size });
    this.programs = [
      ...batchSizes(samples.train, settings.batchSize).map(program('train')),
      ...batchSizes(samples.validation, inferenceBatch(settings.batchSize)).map(program('measure')),
    ];
    const at = optimizer.step;
    const compiled = compiler(
      this.cells(),
      this.programs.map(({ kind, size }) => () => {
        const some = Int32Array.from({ length: size }, (_, i) => indices[i % indices.length] ?? 0);
        return kind === 'train' ? this.update(some) : this.look(some);
      }),
    );
    recordable.moveTo(at, this.rate);
    return compiled;
  }

  /** Everything a step reads and changes. */
  private cells(): StateCell[] {
    const { model, variables, optimizer } = this.options;
    const { recordable } = optimizer;
    const weights = model.weights.map(({ variable }): StateCell => {
      const held = tfVariable(variable);
      const trained = variables.indexOf(held);
      return {
        read: () => held,
        write: (value) => held.assign(value),
        resource: trained < 0 ? null : (recordable?.weightResource(trained) ?? null),
      };
    });
    return [...weights, ...(recordable?.cells() ?? [])];
  }
}

/** The sizes of batches of at most `batch` out of `samples`: full ones, and a smaller last one. */
function batchSizes(samples: number, batch: number): number[] {
  return [...new Set([Math.min(batch, samples), samples % batch])].filter((size) => size > 0);
}
