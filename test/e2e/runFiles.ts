import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type MetricPoint, metricPointSchema } from '../../core/runs/index.ts';

/** The curve of the only run there is, as on disk. */
export async function pointsOf(home: string): Promise<readonly MetricPoint[]> {
  const [run = ''] = await readdir(join(home, 'runs'));
  const text = await readFile(join(home, 'runs', run, 'metrics.jsonl'), 'utf8');
  // The last line may be half written.
  const lines = text.slice(0, text.lastIndexOf('\n')).split('\n').filter(Boolean);
  return lines.map((line) => metricPointSchema.parse(JSON.parse(line)));
}

export async function epochPoints(home: string): Promise<readonly MetricPoint[]> {
  return (await pointsOf(home)).filter((point) => point.kind === 'epoch');
}

/** The whole epochs in the curve, in the order of the file. */
export async function epochsOf(home: string): Promise<readonly number[]> {
  return (await epochPoints(home)).map((point) => point.epoch);
}
