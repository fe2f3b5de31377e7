import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import type { StepValues } from '../../../train/step/perStep.ts';
import type { StateCell, StepCompiler, StepProgram } from '../../../train/step/stepProgram.ts';
import type { NativeBackend } from '../kernels/native.ts';
import { record } from './recorder.ts';
import { type Feed, StepGraph } from './stepGraph.ts';

/** Above this many bytes of state a second copy of it costs more than the saved calls bring: large networks compute for long anyway. */
const STATE_LIMIT = 512 * 1024 * 1024;
/** Above this many operations TensorFlow takes minutes to make a graph ready: a recurrent layer over a thousand steps, say. */
const OPERATION_LIMIT = 40_000;
const TAG = 'layerloom';

/**
 * Lets the training loop run a whole step as one TensorFlow graph, which saves the calls and the waking of threads between operations. Null
 * where that does not pay or cannot be.
 */
export const compileOrNot: StepCompiler = (cells, steps) => {
  try {
    return compileSteps(cells, steps);
  } catch (error) {
    // Slower, not wrong: an operation that a graph is not yet written with must keep nobody from training.
    console.error('This network trains operation by operation.', error);
    return null;
  }
};

/**
 * Records the steps and turns them into a graph in a session of its own. Null where that does not pay or cannot be; the cells then have the
 * values they had.
 * @throws Error when TensorFlow refuses the graph; the cells then have the values they had
 */
export function compileSteps(
  cells: readonly StateCell[],
  steps: readonly (() => tf.Tensor)[],
  // TensorFlow gives operations their places when they first run, and a card lacks some of them: better known before than in a training.
  tryFirst = (tf.backend() as unknown as NativeBackend).isUsingGpuDevice,
): StepProgram | null {
  const native = tf.backend() as unknown as NativeBackend;
  const bytes = cells.reduce((sum, cell) => sum + cell.read().size * 4, 0);
  if (bytes > STATE_LIMIT) return null;
  // Copies: the steps about to be recorded change the cells.
  const before = cells.map((cell) => tf.keep(tf.clone(cell.read())));
  const idOf = (tensor: tf.Tensor) => native.getInputTensorIds([tensor])[0] ?? -1;
  const graph = new StepGraph(
    native,
    before.map(({ shape }, i) => ({ shape, resource: cells[i]?.resource ?? null })),
  );
  try {
    for (const step of steps) {
      const starts = cells.map((cell) => idOf(cell.read()));
      let ends: number[] = [];
      const recording = record(native, step, () => {
        ends = cells.map((cell) => idOf(cell.read()));
      });
      // What follows a value that was read may hang on it.
      if (recording.readBack) return null;
      if (recording.operations.length > OPERATION_LIMIT) return null;
      graph.addStep(recording, starts, ends);
    }
    const program = new TensorflowProgram(native, graph, cells, before.map(idOf));
    if (tryFirst) program.tryAll(before.map(idOf));
    return program;
  } finally {
    graph.release();
    cells.forEach((cell, i) => {
      const value = before[i];
      if (value) cell.write(value);
      value?.dispose();
    });
  }
}

class TensorflowProgram implements StepProgram {
  private readonly native: NativeBackend;
  private readonly graph: StepGraph;
  private readonly cells: readonly StateCell[];
  private readonly session: number;
  /** Whether the cells are behind. */
  private ahead = false;

  constructor(native: NativeBackend, graph: StepGraph, cells: readonly StateCell[], values: readonly number[]) {
    this.native = native;
    this.graph = graph;
    this.cells = cells;
    this.session = load(native, graph.encode(TAG));
    try {
      this.fill(values);
    } catch (error) {
      this.dispose();
      throw error;
    }
  }

  /** Runs every step once, with what was recorded, and puts the state back in. */
  tryAll(values: readonly number[]): void {
    try {
      for (let which = 0; which < this.graph.stepCount; which++)
        this.runWith(which, ({ recorded }) => recorded).dispose();
      this.fill(values);
    } catch (error) {
      this.dispose();
      throw error;
    }
  }

  /** Puts the state in. `values` are numbers of the cells' tensors. */
  private fill(values: readonly number[]): void {
    const { binding } = this.native;
    const { names, ids, done } = this.graph.initialisation(values);
    for (const output of binding.runSavedModel(this.session, ids, names.join(), done)) binding.deleteTensor(output.id);
    this.ahead = false;
  }

  run(which: number): tf.Tensor {
    return this.runWith(which, ({ draw }) => draw());
  }

  private runWith(which: number, values: (feed: Feed) => StepValues): tf.Tensor {
    const { binding } = this.native;
    const step = this.graph.stepAt(which);
    const ids = step.feeds.map((feed) => binding.createTensor(feed.shape, feed.dtype, values(feed)));
    try {
      const [output] = binding.runSavedModel(this.session, ids, step.feedNames, step.result);
      if (!output) throw new Error('The step returned nothing');
      this.ahead = true;
      return this.native.createOutputTensor(output);
    } finally {
      for (const id of ids) binding.deleteTensor(id);
    }
  }

  sync(): void {
    if (!this.ahead || this.cells.length === 0) return;
    this.ahead = false;
    tf.tidy(() => {
      const outputs = this.native.binding.runSavedModel(this.session, [], '', this.graph.state());
      outputs.forEach((output, i) => {
        this.cells[i]?.write(this.native.createOutputTensor(output));
      });
    });
  }

  dispose(): void {
    this.native.binding.deleteSavedModel(this.session);
  }
}

/** The binding takes graphs from a folder only. */
function load(native: NativeBackend, bytes: Uint8Array): number {
  const folder = mkdtempSync(join(tmpdir(), 'layerloom-graph-'));
  try {
    writeFileSync(join(folder, 'saved_model.pb'), bytes);
    return native.binding.loadSavedModel(folder, TAG);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
