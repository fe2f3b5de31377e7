import type { EventWriter } from '../../formats/tensorboard/node.ts';
import type { MetricPoint } from '../../runs/index.ts';
import type { MetricsWriter } from '../../runs/node.ts';

/** The one throttle between steps and screen. Points are told and written together: each message and each write costs as much as a step of a tiny network. */
const EVERY_MS = 100;

export interface MetricsSinkOptions {
  readonly metrics: MetricsWriter;
  readonly board: EventWriter;
  /** Puts a write into the training's queue of writes. */
  readonly enqueue: (write: () => Promise<void>) => void;
  readonly tell: (points: readonly MetricPoint[]) => void;
}

/** The way of measured points out of the training: to whoever watches, to the run's curve and to its event file. */
export class MetricsSink {
  private readonly options: MetricsSinkOptions;
  private gathered: MetricPoint[] = [];
  private timer: NodeJS.Timeout | null = null;
  private last = Number.NEGATIVE_INFINITY;
  private closed = false;

  constructor(options: MetricsSinkOptions) {
    this.options = options;
  }

  take(points: readonly MetricPoint[]): void {
    this.gathered.push(...points);
    const since = performance.now() - this.last;
    if (since >= EVERY_MS) this.flush();
    else this.timer ??= setTimeout(() => this.flush(), EVERY_MS - since);
  }

  /** Tells what has gathered at once, and has it written. To be called before anything else is told of the training. */
  flush(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    const points = this.gathered;
    if (points.length === 0) return;
    this.gathered = [];
    this.last = performance.now();
    const { metrics, board, enqueue, tell } = this.options;
    enqueue(async () => {
      metrics.append(points);
      for (const { kind, step, values } of points)
        board.scalars(step, Object.fromEntries(Object.entries(values).map(([name, v]) => [`${kind}/${name}`, v])));
      board.flush();
    });
    tell(points);
  }

  /** To be called once all writes are done; again does nothing. */
  close(): void {
    if (this.closed) return;
    this.closed = true;
    if (this.timer) clearTimeout(this.timer);
    try {
      this.options.board.close();
    } finally {
      this.options.metrics.close();
    }
  }
}
