import { dirname, join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { type LoadedDataset, loadDataset } from '../../data/node.ts';
import type { LoomDocument } from '../../document/index.ts';
import { toProblem } from '../../errors.ts';
import { createEventWriter, type EventWriter } from '../../formats/tensorboard/node.ts';
import type { MetricPoint, RunRecord } from '../../runs/index.ts';
import { appendMetrics, RUN_FILES, readRecord, truncateMetrics, updateRecord } from '../../runs/node.ts';
import { deviceLoss, onDeviceLoss } from '../backends/deviceLoss.ts';
import { activateBackend, type ChosenBackend } from '../backends/registry.ts';
import { readCheckpoint, writeCheckpoint, writeWeights } from '../checkpoint/checkpoint.ts';
import { readRunDocument } from '../checkpoint/runDocument.ts';
import type { EngineEvent } from '../protocol.ts';
import { watchDeviceUse } from './deviceUse.ts';
import { Trainer, type TrainerControl } from './trainer.ts';

export interface SessionOptions {
  readonly runDir: string;
  /** The user's data folder. */
  readonly home: string;
  readonly emit: (event: EngineEvent) => void;
}

/** How often the record is written and sent while nothing but numbers change. */
const RECORD_EVERY_MS = 500;
/** Between checkpoints: after an epoch at least one second, within a long epoch half a minute. */
const SAVE_AFTER_EPOCH_MS = 1000;
const SAVE_WITHIN_EPOCH_MS = 30_000;

/** One training of one run: the trainer, its files and its events. */
export class TrainingSession {
  readonly runDir: string;
  private readonly options: SessionOptions;
  private record: RunRecord | null = null;
  private trainer: Trainer | null = null;
  private board: EventWriter | null = null;
  private lastRecord = 0;
  private lastSave = 0;
  private saveCost = 0;
  /** Step and training time at the last speed measurement. */
  private lap = { step: 0, elapsed: 0 };
  /** File writes in order, so that no line of metrics overtakes another. */
  private writes: Promise<void> = Promise.resolve();
  private wake: (() => void) | null = null;
  private readonly control: TrainerControl = { wish: 'run', resumed: () => this.waitForResume() };
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
    this.record = await readRecord(this.runDir);
    try {
      await this.prepare(this.record, resume);
    } catch (thrown) {
      const error = deviceLoss() ?? thrown;
      await this.fail(error);
      this.trainer?.dispose();
      throw error;
    }
    this.ending = this.train();
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
    this.wake?.();
  }

  private async prepare(record: RunRecord, resume: boolean): Promise<void> {
    const document = await readRunDocument(this.runDir);
    const chosen = await activateBackend(document.training.backend, { home: this.options.home });
    const baseDir = record.documentPath === null ? null : dirname(record.documentPath);
    const dataset = await loadDataset(document.data, baseDir);
    await this.writeDataFile(dataset);
    const checkpoint = resume ? await readCheckpoint(this.runDir) : null;
    this.trainer = new Trainer(document, dataset);
    if (checkpoint) this.trainer.restore(checkpoint);
    if (resume) await truncateMetrics(this.runDir, this.trainer.state.step);
    this.board = createEventWriter(this.runDir);
    this.lap = { step: this.trainer.state.step, elapsed: this.trainer.state.elapsed };
    await this.update({
      status: 'running',
      finishedAt: null,
      problem: null,
      backend: chosen.info.name,
      device: chosen.info.device,
      backendReason: chosen.why,
      ...this.progress(this.trainer, document),
      samplesPerSecond: null,
    });
    this.unwatch = this.watch(this.trainer, chosen.info);
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
      this.lastSave = performance.now();
      const how = await trainer.run(this.control, {
        points: (points) => this.takePoints(trainer, points),
        save: async (when) => this.saveWhenDue(trainer, when),
      });
      await this.save(trainer);
      await this.writes;
      await this.update({ status: how, finishedAt: new Date().toISOString(), ...this.progress(trainer) });
    } catch (error) {
      await this.writes.catch(() => undefined);
      // With its device the process ends too: who started it marks the run, which goes on from its last checkpoint.
      if (!deviceLoss()) await this.fail(error).catch((second) => console.error(second));
    } finally {
      this.unwatch();
      this.board?.close();
      trainer.dispose();
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

  private takePoints(trainer: Trainer, points: readonly MetricPoint[]): void {
    this.options.emit({ type: 'metrics', runDir: this.runDir, points: [...points] });
    this.enqueue(async () => {
      await appendMetrics(this.runDir, points);
      for (const point of points)
        for (const [name, value] of Object.entries(point.values))
          this.board?.scalar(point.kind === 'epoch' ? `epoch/${name}` : `step/${name}`, point.step, value);
      this.board?.flush();
      const now = performance.now();
      if (now - this.lastRecord >= RECORD_EVERY_MS) await this.update(this.progress(trainer));
    });
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

  /** Writes the record and tells the host. */
  private async update(change: Partial<RunRecord>): Promise<void> {
    if (!this.record) return;
    this.lastRecord = performance.now();
    this.record = { ...this.record, ...change };
    this.record = await updateRecord(this.runDir, this.record);
    this.options.emit({ type: 'run', runDir: this.runDir, record: this.record });
  }

  private async fail(error: unknown): Promise<void> {
    const { code, title, message } = toProblem(error);
    await this.update({
      status: 'failed',
      finishedAt: new Date().toISOString(),
      problem: { code, title, message },
      ...(this.trainer && this.progress(this.trainer)),
    });
  }

  private async saveWhenDue(trainer: Trainer, when: 'step' | 'epoch' | 'pause'): Promise<void> {
    const since = performance.now() - this.lastSave;
    // Large networks take long to write: saving may not take more than about a tenth of the time.
    const wait =
      when === 'epoch'
        ? Math.min(SAVE_WITHIN_EPOCH_MS, SAVE_AFTER_EPOCH_MS + 10 * this.saveCost)
        : SAVE_WITHIN_EPOCH_MS;
    if (when === 'pause' || since >= wait) await this.save(trainer);
  }

  private async save(trainer: Trainer): Promise<void> {
    const begun = performance.now();
    await this.writes;
    const best = await trainer.takeBest();
    const { best: mark } = trainer.state;
    if (best && mark)
      await writeWeights(join(this.runDir, RUN_FILES.bestWeights), best, {
        epoch: String(mark.epoch),
        [mark.metric]: String(mark.value),
      });
    const snapshot = await trainer.snapshot();
    const at = { epoch: String(snapshot.state.epoch), step: String(snapshot.state.step) };
    await writeWeights(join(this.runDir, RUN_FILES.lastWeights), snapshot.weights, at);
    await writeCheckpoint(this.runDir, snapshot);
    this.lastSave = performance.now();
    this.saveCost = this.lastSave - begun;
  }

  private async writeDataFile(dataset: LoadedDataset): Promise<void> {
    const { summary } = dataset.description;
    const text = JSON.stringify({ scaler: dataset.scaler, summary }, null, 2);
    await writeFileAtomic(join(this.runDir, RUN_FILES.data), `${text}\n`);
  }

  private enqueue(write: () => Promise<void>): void {
    this.writes = this.writes.then(write);
    // The next `await this.writes` reports it; until then it must not count as unhandled.
    this.writes.catch(() => undefined);
  }
}
