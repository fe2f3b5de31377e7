import { Presets, SingleBar } from 'cli-progress';
import type { DeviceUse } from '../engine/index.ts';
import type { MetricPoint, RunRecord } from '../runs/index.ts';
import { useText } from './deviceText.ts';
import type { Output } from './output.ts';
import { formatMetric } from './table.ts';

/** Shows a run as it goes on: a bar on a terminal, a line an epoch elsewhere, events with --json. */
export interface TrainProgress {
  record(record: RunRecord): void;
  points(points: readonly MetricPoint[]): void;
  /** How busy the device is. */
  use(use: DeviceUse): void;
  end(): void;
}

export function createTrainProgress(output: Output): TrainProgress {
  if (output.json) {
    return {
      record: (record) => output.data({ type: 'run', record }),
      points: (points) => output.data({ type: 'metrics', points }),
      use: (use) => output.data({ type: 'deviceUse', use }),
      end: () => undefined,
    };
  }
  return process.stderr.isTTY ? barProgress() : lineProgress(output);
}

/** Between lines of how far the reading of data is, where every line stays. */
const PREPARING_EVERY_MS = 10_000;

const SHOWN = ['loss', 'accuracy', 'valLoss', 'valAccuracy'];

export function metricsText(values: Readonly<Record<string, number>>): string {
  const names = [
    ...SHOWN.filter((name) => name in values),
    ...Object.keys(values).filter((name) => !SHOWN.includes(name)),
  ];
  return names.map((name) => `${name} ${formatMetric(values[name] ?? Number.NaN)}`).join('  ');
}

function lineProgress(output: Output): TrainProgress {
  let epochs = 0;
  let told = '';
  let next = 0;
  return {
    record: (record) => {
      epochs = record.epochs;
      if (record.preparing !== undefined && performance.now() >= next) {
        output.line(record.preparing);
        next = performance.now() + PREPARING_EVERY_MS;
      }
      const device = record.backend === null ? '' : `${record.backend} (${record.device ?? 'unknown device'})`;
      if (device !== '' && device !== told) {
        told = device;
        output.line(`training on ${device}`);
      }
    },
    points: (points) => {
      for (const point of points) {
        if (point.kind === 'epoch') output.line(`epoch ${point.epoch}/${epochs}  ${metricsText(point.values)}`);
      }
    },
    // A line an epoch is for files, where a figure of the moment says nothing.
    use: () => undefined,
    end: () => undefined,
  };
}

/** On standard error, so that standard output can be piped. */
function barProgress(): TrainProgress {
  const bar = new SingleBar(
    {
      format: 'epoch {epoch}/{epochs} {bar} {eta_formatted} left  {speed}  {metrics}  {device}',
      stream: process.stderr,
      hideCursor: true,
      clearOnComplete: false,
      barsize: 24,
      // The shown width must not wrap, or every update would leave a line behind.
      linewrap: false,
      gracefulExit: false,
    },
    Presets.shades_classic,
  );
  let started = false;
  let metrics: Record<string, number> = {};
  let latest: RunRecord | null = null;
  let busy = '';
  let preparing = false;
  const show = (step: number): void => {
    if (latest === null || latest.stepsPerEpoch === 0) return;
    const { epochs, stepsPerEpoch, samplesPerSecond } = latest;
    const payload = {
      epoch: Math.min(epochs, Math.floor(step / stepsPerEpoch) + 1),
      epochs,
      speed: samplesPerSecond === null ? '' : `${Math.round(samplesPerSecond).toLocaleString('en')} samples/s`,
      metrics: metricsText(metrics),
      device: [latest.device ?? '', busy].filter((part) => part !== '').join(': '),
    };
    if (started) bar.update(step, payload);
    else bar.start(epochs * stepsPerEpoch, step, payload);
    started = true;
  };
  return {
    record: (record) => {
      latest = record;
      if (record.preparing !== undefined) {
        process.stderr.write(`\r${record.preparing}\u001b[K`);
        preparing = true;
        return;
      }
      if (preparing) process.stderr.write('\r\u001b[K');
      preparing = false;
      show(record.step);
    },
    points: (points) => {
      for (const point of points) metrics = { ...metrics, ...point.values };
      show(points.at(-1)?.step ?? 0);
    },
    use: (use) => {
      busy = useText(use);
    },
    end: () => {
      if (preparing) process.stderr.write('\n');
      if (started) bar.stop();
    },
  };
}
