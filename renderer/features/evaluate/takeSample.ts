import type { Sample } from '../../../core/data/index.ts';
import { host } from '../../stores/host.ts';
import type { RunData } from './useRunData.ts';

/** Any one of a run's samples: of those kept for the test, where there are any. */
export async function takeSample({ runId, description }: RunData): Promise<Sample | null> {
  const split = description.splits.test > 0 ? 'test' : null;
  const total = split === null ? description.summary.samples : description.splits.test;
  const offset = Math.floor(Math.random() * total);
  const { samples } = await host().call('runs.preview', { runId, split, offset, count: 1 });
  return samples[0] ?? null;
}
