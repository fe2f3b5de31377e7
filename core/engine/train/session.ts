import { dirname, join } from 'node:path';
import type { PictureProgress } from '../../data/index.ts';
import type { DatasetSummary, LoomDocument } from '../../document/index.ts';
import { type Problem, ProblemError, toProblem } from '../../errors.ts';
import { fileModeIn, writeWhole } from '../../files/node.ts';
import { createEventWriter } from '../../formats/tensorboard/node.ts';
import { analyse } from '../../graph/index.ts';
import type { MetricPoint, RunRecord } from '../../runs/index.ts';
import {
  claimForEngine,
  openMetrics,
  RUN_FILES,
  readMetrics,
  readRecord,
  truncateMetrics,
  updateRecord,
} from '../../runs/node.ts';
import { deviceLoss, onDeviceLoss } from '../backends/deviceLoss.ts';
import { activateBackend, type ChosenBackend } from '../backends/registry.ts';
import { readCheckpoint, writeCheckpoint, writeWeights } from '../checkpoint/checkpoint.ts';
import { readRunDocument } from '../checkpoint/runDocument.ts';
import { explainedFailure } from '../explainedFailure.ts';
import type { EngineEvent } from '../protocol.ts';
import { throttle } from '../throttle.ts';
import { watchDeviceUse } from './deviceUse.ts';
import { MetricsSink, type MetricsSinkOptions } from './metricsSink.ts';
import { checkFits, explainedMemory } from './outOfMemory.ts';
import { SaveRhythm } from './saveRhythm.ts';
import { foldScales } from './targetScale.ts';
import { Trainer, type TrainerControl } from './trainer.ts';
import { openTrainingData } from './trainingData.ts';
import { unwritable } from './unwritable.ts';

export interface SessionOptions {
  readonly runDir: string;
  /** The user's data folder. */
  readonly home: string;
  readonly emit: (event: EngineEvent) => void;
}

/** How often the record is written while nothing but numbers change. */
const RECORD_EVERY_MS = 1000;

/** One training of one run: the trainer, its files and its events. */
export class TrainingSession {
  readonly runDir: string;
  private readonly options: SessionOptions;
  private record: RunRecord | null = null;
  private trainer: Trainer | null = null;
  private batchSize = 0;
  private points: MetricsSink | null = null;
  private lastRecord = 0;
  private rhythm = new SaveRhythm(performance.now());
  /** Step and training time at the last speed measurement. */
  private lap = { step: 0, elapsed: 0 };
  /** File writes in order, so that no line of metrics overtakes another. */
  private writes: Promise<void> = Promise.resolve();
  private writeFailure: { readonly error: unknown } | null = null;
  private wake: (() => void) | null = null;
  private readonly control: TrainerControl = { wish: 'run', resumed: () => this.waitForResume() };
  /** Ends what goes on before the first step. */
  private readonly halt = new AbortController();
  private ending: Promise<void> | null = null;
  private unwatch: () => void = () => undefined;

  constructor(options: SessionOptions) {
    this.options = options;
    this.runDir = options.runDir;
  }

  /**
   * Prepares everything and begins to train; resolves then. What happens later comes as events.
   * @throws ProblemError with the reason; the run is then marked `failed`
   */
  async start(resume: boolean): Promise<void> {
    // Before anything is written: a run that another engine writes to is left as it is.
    const letGo = await claimForEngine(this.options.home, this.runDir);
    try {
      await this.begin(resume);
    } catch (error) {
      await letGo();
      throw error;
    }
    this.ending = this.train().finally(letGo);
  }

  private async begin(resume: boolean): Promise<void> {
    this.record = await readRecord(this.runDir);
    try {
      await this.prepare(this.record, resume);
    } catch (thrown) {
      const error = deviceLoss() ?? this.explained(thrown);
      await this.fail(error);
      this.closeCurves();
      this.trainer?.dispose();
      throw error;
    }
  }

  /** Resolves when the training is over and everything is written. Never rejects. */
  async done(): Promise<void> {
    await this.ending;
  }

  pause(): void {
    if (this.control.wish === 'run') this.control.wish = 'pause';
  }

  resume(): void {
    if (this.control.wish === 'pause') this.control.wish = 'run';
    this.wake?.();
  }

  /** Ends after the current step, with weights saved. */
  stop(): void {
    this.control.wish = 'stop';
    this.halt.abort(stoppedEarly());
    this.wake?.();
  }

  private async prepare(record: RunRecord, resume: boolean): Promise<void> {
    const document = await readRunDocument(this.runDir);
    this.batchSize = document.training.batchSize;
    const chosen = await activateBackend(document.training.backend, { home: this.options.home });
    const baseDir = record.documentPath === null ? null : dirname(record.documentPath);
    const options = { signal: this.halt.signal, onProgress: this.tellOfReading(record) };
    const { dataset, record: text, notes } = await openTrainingData(this.runDir, document, baseDir, resume, options);
    refuseMisfit(document, dataset.description.summary);
    if (text !== null)
      await this.writing(async () =>
        writeWhole(join(this.runDir, RUN_FILES.data), text, { mode: fileModeIn(this.runDir) }),
      );
    checkFits(document, dataset.splits.train.length, chosen.info.hardware);
    const checkpoint = resume ? await readCheckpoint(this.runDir) : null;
    this.trainer = new Trainer(document, dataset, resume ? (record.targetScales ?? {}) : undefined);
    if (checkpoint) this.trainer.restore(checkpoint);
    const { step } = this.trainer.state;
    if (resume) await this.writing(() => truncateMetrics(this.runDir, step));
    this.points = new MetricsSink({
      ...(await this.writing(async () => openCurves(this.runDir))),
      enqueue: (write) => this.enqueue(write),
      tell: (points) => this.tell(points),
    });
    this.lap = { step: this.trainer.state.step, elapsed: this.trainer.state.elapsed };
    await this.update({
      status: 'running',
      finishedAt: null,
      problem: null,
      findings: [],
      notes,
      targetScales: { ...this.trainer.scales },
      backend: chosen.info.name,
      device: chosen.info.device,
      backendReason: chosen.why,
      ...this.progress(this.trainer, document),
      samplesPerSecond: null,
    });
    this.unwatch = this.watch(this.trainer, chosen.info);
  }

  /** Tells how far the reading of pictures is. Sent only, not kept: when it is over it means nothing. */
  private tellOfReading(record: RunRecord): (progress: PictureProgress) => void {
    return throttle(({ done, total }) => {
      const preparing = `Reading pictures: ${done.toLocaleString('en')} of ${total.toLocaleString('en')}.`;
      this.options.emit({ type: 'run', runDir: this.runDir, record: { ...record, status: 'starting', preparing } });
    });
  }

  /** Tells how busy the device is for as long as steps are made. */
  private watch(trainer: Trainer, { name, hardware }: ChosenBackend['info']): () => void {
    return watchDeviceUse({
      nvidia: name === 'tensorflow' && hardware?.kind === 'graphics',
      waited: () => (name === 'webgpu' ? trainer.waited : null),
      tell: (use) => {
        if (this.record?.status === 'running') this.options.emit({ type: 'deviceUse', runDir: this.runDir, use });
      },
    });
  }

  private async train(): Promise<void> {
    const { trainer } = this;
    if (!trainer) return;
    try {
      this.rhythm = new SaveRhythm(performance.now());
      const how = await trainer.run(this.control, {
        points: (points) => this.points?.take(points),
        save: async (when) => this.saveWhenDue(trainer, when),
      });
      await this.save(trainer);
      await this.writing(async () => this.points?.close());
      const found = how === 'finished' ? await this.judge(trainer) : [];
      if (found.length > 0 && this.record) this.record = { ...this.record, findings: found };
      await this.update({ status: how, finishedAt: new Date().toISOString(), ...this.progress(trainer) });
    } catch (error) {
      this.points?.flush();
      await this.writes.catch(() => undefined);
      // With its device the process ends too: who started it marks the run, which goes on from its last checkpoint.
      if (!deviceLoss()) await this.fail(this.explained(error));
    } finally {
      this.unwatch();
      this.closeCurves();
      trainer.dispose();
    }
  }

  /** A judgement that fails must not cost the training that it is about. */
  private async judge(trainer: Trainer): Promise<readonly Problem[]> {
    try {
      return await trainer.judge(await readMetrics(this.runDir));
    } catch (error) {
      console.error(error);
      return [];
    }
  }

  private async waitForResume(): Promise<void> {
    if (!this.trainer) return;
    await this.update({ status: 'paused', samplesPerSecond: null, ...this.progress(this.trainer) });
    const forget = onDeviceLoss(() => this.wake?.());
    while (this.control.wish === 'pause' && !deviceLoss())
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    forget();
    this.wake = null;
    const lost = deviceLoss();
    if (lost) throw lost;
    if (this.control.wish === 'run') await this.update({ status: 'running' });
  }

  private progress(trainer: Trainer, document?: LoomDocument): Partial<RunRecord> {
    const { state, stepsPerEpoch } = trainer;
    const seconds = state.elapsed - this.lap.elapsed;
    const samplesPerSecond = seconds > 0.2 ? trainer.samplesIn(state.step - this.lap.step) / seconds : undefined;
    if (samplesPerSecond !== undefined) this.lap = { step: state.step, elapsed: state.elapsed };
    return {
      epoch: state.epoch,
      step: state.step,
      stepsPerEpoch,
      elapsed: state.elapsed,
      best: state.best,
      metrics: { ...this.record?.metrics, ...trainer.latest },
      ...(samplesPerSecond !== undefined && { samplesPerSecond }),
      ...(document && { epochs: document.training.epochs, seed: document.training.seed }),
    };
  }

  /** Tells points, and with them where the training stands: figures and curve are of the same moment. */
  private tell(points: readonly MetricPoint[]): void {
    const { trainer, record, options, runDir } = this;
    options.emit({ type: 'metrics', runDir, points: [...points] });
    if (!trainer || !record) return;
    const now = performance.now();
    // Behind a checkpoint that is being written the record would wait, for minutes where that is large; what is told does not.
    if (now - this.lastRecord >= RECORD_EVERY_MS && !this.rhythm.saving) {
      this.lastRecord = now;
      this.enqueue(() => this.update(this.progress(trainer)));
      return;
    }
    this.record = { ...record, ...this.progress(trainer) };
    options.emit({ type: 'run', runDir, record: this.record });
  }

  /** Writes the record and tells the host. */
  private async update(change: Partial<RunRecord>): Promise<void> {
    if (!this.record) return;
    this.lastRecord = performance.now();
    const record = { ...this.record, ...change };
    this.record = record;
    this.record = await this.writing(() => updateRecord(this.runDir, record));
    this.options.emit({ type: 'run', runDir: this.runDir, record: this.record });
  }

  private explained(error: unknown): unknown {
    return explainedFailure(explainedMemory(error, this.batchSize), 'training');
  }

  /** Ends the run with its reason. The host is told whether or not the record can be written. */
  private async fail(error: unknown): Promise<void> {
    const { code, title, message, facts, details, fixes } = toProblem(error);
    try {
      await this.update({
        // What could not be written can be trained on from the last checkpoint, once it can.
        status: facts?.resumable === true ? 'interrupted' : 'failed',
        finishedAt: new Date().toISOString(),
        problem: { code, title, message, ...(details !== undefined && { details }), ...(fixes && { fixes }) },
        ...(this.trainer && this.progress(this.trainer)),
      });
    } catch {
      // The reason is the run's own already, or matters less than it does. `update` has set the record, only not written it.
      if (this.record) this.options.emit({ type: 'run', runDir: this.runDir, record: this.record, unwritten: true });
    }
  }

  /** Closes the curves after a training that did not get to it. What cannot be written then is what the training ended for. */
  private closeCurves(): void {
    try {
      this.points?.close();
    } catch {
      // The files are closed all the same.
    }
  }

  /** Does what writes to the run's folder; a refusal of the system becomes a sentence. */
  private async writing<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw await unwritable(this.runDir, error);
    }
  }

  private async saveWhenDue(trainer: Trainer, when: 'step' | 'epoch' | 'pause'): Promise<void> {
    if (this.writeFailure) throw this.writeFailure.error;
    if (when === 'pause') return this.save(trainer);
    if (this.rhythm.isDue(when, performance.now())) await this.beginSave(trainer);
  }

  /** Saves; resolves when everything is on disk. */
  private async save(trainer: Trainer): Promise<void> {
    await this.beginSave(trainer);
    await this.writes;
  }

  /** Copies from the device what is to be saved, and has it written while the training goes on. */
  private async beginSave(trainer: Trainer): Promise<void> {
    const begun = performance.now();
    this.rhythm.begin(begun);
    const best = await trainer.takeBest();
    const { best: mark } = trainer.state;
    const snapshot = await trainer.snapshot();
    const waited = performance.now() - begun;
    // On disk before the checkpoint is: a run resumed from it would miss them.
    this.points?.flush();
    this.enqueue(async () => {
      if (best && mark)
        await writeWeights(join(this.runDir, RUN_FILES.bestWeights), best, {
          epoch: String(mark.epoch),
          [mark.metric]: String(mark.value),
        });
      const at = { epoch: String(snapshot.state.epoch), step: String(snapshot.state.step) };
      await writeWeights(join(this.runDir, RUN_FILES.lastWeights), foldScales(snapshot.weights, trainer.scales), at);
      await writeCheckpoint(this.runDir, snapshot);
      await this.update({ saved: { epoch: snapshot.state.epoch, step: snapshot.state.step } });
      this.rhythm.end(performance.now(), waited);
    });
  }

  private enqueue(write: () => Promise<void>): void {
    this.writes = this.writes.then(() => this.writing(write));
    // Whoever saves next reports it; until then it must not count as unhandled.
    this.writes.catch((error: unknown) => {
      this.writeFailure ??= { error };
    });
  }
}

/** Shells ask the design rules before they start a run; who comes by another way is told here, before anything is computed. */
function refuseMisfit(document: LoomDocument, dataset: DatasetSummary): void {
  const problem = analyse({ document, dataset }).problems.find(({ severity }) => severity === 'error');
  if (problem !== undefined) throw new ProblemError(problem);
}

/** Opens the run's curve and its event file, or neither. */
function openCurves(runDir: string): Pick<MetricsSinkOptions, 'metrics' | 'board'> {
  const metrics = openMetrics(runDir);
  try {
    return { metrics, board: createEventWriter(runDir) };
  } catch (error) {
    metrics.close();
    throw error;
  }
}

function stoppedEarly(): ProblemError {
  return new ProblemError({
    code: 'stopped-early',
    severity: 'info',
    title: 'Training stopped',
    message: 'Training was stopped while its data were being read, before the first step.',
  });
}
