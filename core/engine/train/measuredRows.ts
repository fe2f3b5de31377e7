import * as tf from '@tensorflow/tfjs-core';

/** The measured values of one step. */
export interface MeasuredRow {
  readonly samples: number;
  /** Number of the step, counted from 1. */
  readonly step: number;
}

interface PendingRow extends MeasuredRow {
  readonly tensor: tf.Tensor;
}

/** Measured values of steps, on the device until they are read, all in one read. */
export class MeasuredRows {
  private rows: PendingRow[] = [];
  private waitedBefore = 0;
  private waitingSince: number | null = null;

  /** Takes the tensor over. */
  add(tensor: tf.Tensor, row: MeasuredRow): void {
    this.rows.push({ tensor, ...row });
  }

  /** Brings what has gathered back from the device, and tells it row by row. */
  async read(tell: (row: MeasuredRow, values: ArrayLike<number>) => void): Promise<void> {
    const rows = this.rows;
    if (rows.length === 0) return;
    this.rows = [];
    const stacked = tf.stack(rows.map((row) => row.tensor));
    this.waitingSince = performance.now();
    const values = await stacked.data();
    this.waitedBefore = this.waited;
    this.waitingSince = null;
    stacked.dispose();
    for (const row of rows) row.tensor.dispose();
    const width = values.length / rows.length;
    rows.forEach((row, i) => {
      tell(row, values.subarray(i * width, (i + 1) * width));
    });
  }

  /** Seconds spent in waiting for measured values: on a device that works by itself, that is for its steps to be done. */
  get waited(): number {
    const now = this.waitingSince === null ? 0 : performance.now() - this.waitingSince;
    return this.waitedBefore + now / 1000;
  }

  dispose(): void {
    for (const row of this.rows) row.tensor.dispose();
    this.rows = [];
  }
}
