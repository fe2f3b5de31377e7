import type { LoadedDataset } from '../../data/node.ts';
import type { LoomDocument } from '../../document/index.ts';
import type { Problem } from '../../errors.ts';
import type { WeightMap } from '../../formats/index.ts';
import type { MetricPoint } from '../../runs/index.ts';
import { CONSTANT_RATE, NO_CLIPPING, type ScheduleState } from '../../training/index.ts';
import { type BuiltModel, buildModel } from '../model/buildModel.ts';
import { randomness } from '../model/layers/index.ts';
import { seededRandom, shuffled } from '../model/random.ts';
import { setWeights, tfVariable, weightsOf } from '../model/weights.ts';
import { yieldToEventLoop } from '../yieldToEventLoop.ts';
import { createDeviceData, type DeviceData } from './deviceData.ts';
import { type BestMark, BestWeights } from './hooks/bestWeights.ts';
import { hookedRate, type TrainingHook } from './hooks/hook.ts';
import { Schedule } from './hooks/schedule.ts';
import { type MeasuredRow, MeasuredRows } from './measuredRows.ts';
import { createOptimizer, type Optimizer } from './optimizers/index.ts';
import { findings } from './outcome/findings.ts';
import { headOutcomes } from './outcome/headOutcome.ts';
import { likelyCauses } from './outcome/likelyCauses.ts';
import { addTo, emptySums, finiteOnly, meansOf, pointInterval, type Sums, stepPoint } from './progress.ts';
import { clippingParts } from './step/clipping.ts';
import { measuresOf, validationName } from './step/measures.ts';
import { Steps } from './step/steps.ts';
import { foldScales, type TargetScales, targetScales } from './targetScale.ts';
import { diverged, emptySplit, nothingToTrain } from './trainProblems.ts';
import { inferenceBatch, validate } from './validate.ts';

/** Where a training stands, as plain JSON: with the weights and slots, all that is needed to go on as if nothing had happened. */
export interface TrainerState {
  /** Epochs completed. */
  epoch: number;
  /** Steps of the current epoch already done. */
  batch: number;
  step: number;
  /** Seconds of training, pauses not counted. */
  elapsed: number;
  epochSums: Sums;
  pointSums: Sums;
  best: BestMark | null;
  /** What a schedule that reacts to results remembers. */
  schedule?: ScheduleState;
}

export interface TrainerSnapshot {
  readonly state: TrainerState;
  readonly weights: WeightMap;
  readonly slots: WeightMap;
  readonly optimizerStep: number;
}

export interface TrainerListener {
  /** Points since the last call; at most every 100 ms. */
  points(points: readonly MetricPoint[]): void;
  /** A chance to save: while an epoch goes on, after each epoch, and when the training pauses (save then). */
  save(when: 'step' | 'epoch' | 'pause'): Promise<void>;
}

/** What someone outside wants of a running training; looked at between steps. */
export interface TrainerControl {
  wish: 'run' | 'pause' | 'stop';
  /** Resolves when a pause ends. */
  resumed(): Promise<void>;
}

const READ_EVERY_MS = 100;
const BREATHE_EVERY_MS = 12;

/**
 * The training loop: one gradient step after another on shuffled batches, measured values kept on the device and read back at most
 * every 100 ms. Everything random follows from (seed, epoch, step), so that the same design and seed give the same curve, also
 * across a pause, a kill and a resume.
 */
export class Trainer {
  readonly model: BuiltModel;
  readonly names: readonly string[];
  /** Of heads that are trained on standardised targets. */
  readonly scales: TargetScales;
  readonly stepsPerEpoch: number;
  state: TrainerState = {
    epoch: 0,
    batch: 0,
    step: 0,
    elapsed: 0,
    epochSums: emptySums(),
    pointSums: emptySums(),
    best: null,
  };
  /** Last epoch's metrics by name, validation included. */
  latest: Record<string, number> = {};
  /** Seconds spent in waiting for samples to be read. */
  waitedForData = 0;
  private readonly document: LoomDocument;
  private readonly dataset: LoadedDataset;
  private readonly data: DeviceData;
  private readonly optimizer: Optimizer;
  private readonly steps: Steps;
  private readonly interval: number;
  private readonly rows = new MeasuredRows();
  private fresh: MetricPoint[] = [];
  private readonly best: BestWeights;
  private readonly schedule: Schedule;
  /** In the order in which they are asked. */
  private readonly hooks: readonly TrainingHook[];
  private clock = 0;
  private lastRead = 0;

  /** @throws ProblemError when the design cannot be built, or does not fit the data */
  constructor(document: LoomDocument, dataset: LoadedDataset, scales: TargetScales = targetScales(document, dataset)) {
    this.scales = scales;
    this.document = document;
    this.dataset = dataset;
    const { training } = document;
    const samples = dataset.splits.train.length;
    if (samples === 0) throw emptySplit();
    this.stepsPerEpoch = Math.ceil(samples / training.batchSize);
    this.interval = pointInterval(this.stepsPerEpoch, training.epochs);
    randomness.seed = training.seed;
    this.model = buildModel(document, { seed: training.seed, mode: 'train' });
    try {
      this.data = createDeviceData(dataset, this.model, scales);
    } catch (error) {
      this.model.dispose();
      throw error;
    }
    const measures = measuresOf(this.data.fit.heads, this.data.scales);
    const clipping = clippingParts(training.clipping ?? NO_CLIPPING);
    this.names = [...measures, ...clipping.instruments].flatMap(({ names }) => names);
    const trained = this.model.weights.filter(({ spec }) => spec.trainable);
    this.optimizer = createOptimizer(
      training.optimizer,
      trained.map(({ key, variable, spec }) => ({ key, variable, decays: spec.decays })),
    );
    this.steps = new Steps({
      model: this.model,
      data: this.data,
      optimizer: this.optimizer,
      variables: trained.map(({ variable }) => tfVariable(variable)),
      measures,
      ...clipping,
      settings: training,
      rate: (step) => this.rateOf(step),
      samples: { train: samples, validation: dataset.splits.validation.length },
    });
    this.best = new BestWeights(this.model, () => this.steps.sync());
    this.schedule = new Schedule(training.schedule ?? CONSTANT_RATE, training.learningRate);
    this.hooks = [this.schedule, this.best];
    if (trained.length === 0) {
      this.dispose();
      throw nothingToTrain(document);
    }
  }

  /** Goes on from a snapshot. @throws ProblemError `weights-mismatch` */
  restore(snapshot: TrainerSnapshot): void {
    this.steps.reset();
    setWeights(this.model, snapshot.weights);
    this.optimizer.restore(snapshot.optimizerStep, snapshot.slots);
    this.state = structuredClone(snapshot.state);
    this.best.mark = this.state.best;
    if (this.state.schedule) this.schedule.restore(this.state.schedule);
  }

  /** Trains until the last epoch is done or `control` says stop. Leaves weights as they are; call `dispose` in the end. */
  async run(control: TrainerControl, listener: TrainerListener): Promise<'finished' | 'stopped'> {
    const how = await this.loop(control, listener);
    this.steps.sync();
    return how;
  }

  private async loop(control: TrainerControl, listener: TrainerListener): Promise<'finished' | 'stopped'> {
    const { training } = this.document;
    this.clock = performance.now();
    this.lastRead = this.clock;
    let lastBreath = this.clock;
    while (this.state.epoch < training.epochs) {
      const order = this.orderOfEpoch(this.state.epoch);
      this.data.follow(order, training.batchSize, this.state.batch);
      while (this.state.batch < this.stepsPerEpoch) {
        const reading = this.data.advance();
        if (reading) await this.waitForData(reading);
        this.step(order);
        const now = performance.now();
        if (now - lastBreath < BREATHE_EVERY_MS) continue;
        lastBreath = now;
        if (now - this.lastRead >= READ_EVERY_MS) {
          await this.read(listener);
          // After the last batch the epoch's end is what to save.
          if (this.state.batch < this.stepsPerEpoch) await listener.save('step');
        }
        await yieldToEventLoop();
        if ((await this.obey(control, listener)) === 'stop') return 'stopped';
      }
      await this.read(listener);
      await this.endEpoch(listener);
      await listener.save('epoch');
      await yieldToEventLoop();
      if (this.state.epoch < training.epochs && (await this.obey(control, listener)) === 'stop') return 'stopped';
    }
    return 'finished';
  }

  /** What there is to say of a training that is over, beside its figures; `curve` is the whole of it. */
  async judge(curve: readonly MetricPoint[]): Promise<readonly Problem[]> {
    const { splits } = this.dataset;
    const batch = inferenceBatch(this.document.training.batchSize);
    return findings({
      epochs: this.state.epoch,
      curve,
      training: await headOutcomes(this.model, this.data, this.dataset, splits.train, batch),
      validation: await headOutcomes(this.model, this.data, this.dataset, splits.validation, batch),
      causes: likelyCauses(this.document, this.dataset, 'either'),
    });
  }

  /** Reads everything needed to go on back from the device. */
  async snapshot(): Promise<TrainerSnapshot> {
    this.tick();
    this.steps.sync();
    const state = structuredClone(this.state);
    const slots = await Promise.all(
      [...this.optimizer.slots()].map(
        async ([key, tensor]) => [key, { shape: tensor.shape, data: (await tensor.data()) as Float32Array }] as const,
      ),
    );
    return {
      state,
      weights: await weightsOf(this.model),
      slots: new Map(slots),
      optimizerStep: this.optimizer.step,
    };
  }

  /** Weights of the best epoch since the last call; null when no epoch was better. */
  async takeBest(): Promise<WeightMap | null> {
    const best = await this.best.take();
    return best && foldScales(best, this.scales);
  }

  /** Seconds spent in waiting for measured values: on a device that works by itself, that is for its steps to be done. */
  get waited(): number {
    return this.rows.waited;
  }

  /** Samples that this many steps take, on average over an epoch (its last batch may be smaller). */
  samplesIn(steps: number): number {
    return (steps * this.dataset.splits.train.length) / this.stepsPerEpoch;
  }

  dispose(): void {
    this.rows.dispose();
    for (const hook of this.hooks) hook.dispose?.();
    this.steps.reset();
    this.optimizer.dispose();
    this.data.dispose();
    this.model.dispose();
  }

  private orderOfEpoch(epoch: number): Int32Array {
    const { train } = this.dataset.splits;
    const { shuffle, seed } = this.document.training;
    if (!shuffle) return train;
    return shuffled(train.length, seededRandom(seed, 'shuffle', epoch)).map((at) => train[at] ?? 0);
  }

  private async waitForData(reading: Promise<void>): Promise<void> {
    const begun = performance.now();
    await reading;
    this.waitedForData += (performance.now() - begun) / 1000;
  }

  /** One update. The measured values stay on the device. */
  private step(order: Int32Array): void {
    const { batchSize } = this.document.training;
    const indices = order.slice(this.state.batch * batchSize, (this.state.batch + 1) * batchSize);
    const tensor = this.steps.train(indices, this.state.step);
    this.state.step++;
    this.state.batch++;
    this.rows.add(tensor, { samples: indices.length, step: this.state.step });
  }

  /** Brings the measured values of all steps since the last read back, in one read. */
  private async read(listener: TrainerListener): Promise<void> {
    this.tick();
    this.lastRead = performance.now();
    await this.rows.read((row, values) => this.record(row, values));
    this.send(listener);
  }

  private send(listener: TrainerListener): void {
    if (this.fresh.length === 0) return;
    listener.points(this.fresh);
    this.fresh = [];
  }

  private record(row: MeasuredRow, values: ArrayLike<number>): void {
    if (!Number.isFinite(values[0])) throw diverged(row.step, this.stepsPerEpoch, this.document, this.dataset);
    addTo(this.state.epochSums, values, row.samples);
    addTo(this.state.pointSums, values, row.samples);
    if (row.step % this.interval !== 0) return;
    const means = finiteOnly({ ...meansOf(this.state.pointSums, this.names), ...this.rateIn(row.step) });
    this.fresh.push(stepPoint(row.step, this.stepsPerEpoch, this.state.elapsed, means));
    this.state.pointSums = emptySums();
  }

  private async endEpoch(listener: TrainerListener): Promise<void> {
    const { validation } = this.dataset.splits;
    const values = finiteOnly(meansOf(this.state.epochSums, this.names));
    const batchSize = inferenceBatch(this.document.training.batchSize);
    const validated = await validate((chunk) => this.steps.measure(chunk), this.data, validation, batchSize);
    this.names.forEach((name, i) => {
      const value = validated[i];
      // JSON has no NaN: a validation that went wrong has no value.
      if (value !== undefined && Number.isFinite(value)) values[validationName(name)] = value;
    });
    Object.assign(values, this.rateIn(this.state.step));
    this.tick();
    this.state.epoch++;
    this.state.batch = 0;
    this.state.epochSums = emptySums();
    this.latest = values;
    for (const hook of this.hooks) hook.epochEnded?.({ epoch: this.state.epoch, values });
    this.state.best = this.best.mark;
    if (this.schedule.state) this.state.schedule = this.schedule.state;
    this.fresh.push({
      kind: 'epoch',
      step: this.state.step,
      epoch: this.state.epoch,
      time: this.state.elapsed,
      values,
    });
    this.send(listener);
  }

  /** The learning rate with which step number `step` (from 1) was made, as a value of the curve; none where it never changes. */
  private rateIn(step: number): { readonly learningRate?: number } {
    return this.schedule.varies ? { learningRate: this.rateOf(step - 1) } : {};
  }

  /** The learning rate of step number `step` (from 0) of the run. */
  private rateOf(step: number): number {
    const { learningRate, epochs } = this.document.training;
    const { stepsPerEpoch } = this;
    return hookedRate(this.hooks, learningRate, { step, stepsPerEpoch, steps: stepsPerEpoch * epochs });
  }

  private async obey(control: TrainerControl, listener: TrainerListener): Promise<'run' | 'stop'> {
    if (control.wish === 'run') return 'run';
    await this.read(listener);
    if (control.wish === 'pause') {
      await listener.save('pause');
      await control.resumed();
      this.clock = performance.now();
    }
    return control.wish === 'stop' ? 'stop' : 'run';
  }

  private tick(): void {
    const now = performance.now();
    this.state.elapsed += (now - this.clock) / 1000;
    this.clock = now;
  }
}
