import { useEffect, useMemo, useState } from 'react';
import type { Sample, SampleId } from '../../../core/data/index.ts';
import type { Evaluation } from '../../../core/engine/index.ts';
import { host } from '../../stores/host.ts';
import { SampleLookup } from './sampleLookup.ts';

/** A lookup over the data that an evaluation of a run read: a new one for each, as the data may be others by then. */
export function useSampleLookup(runId: string, evaluation: Evaluation | null): SampleLookup | null {
  return useMemo(
    () =>
      evaluation === null
        ? null
        : new SampleLookup((samples) => host().call('runs.samples', { runId, samples: [...samples] })),
    [runId, evaluation],
  );
}

/** One sample; null while it loads or when it cannot be had. */
export function useSample(lookup: SampleLookup | null, id: SampleId): Sample | null {
  const [sample, setSample] = useState<Sample | null>(null);
  useEffect(() => {
    let current = true;
    setSample(null);
    // A sample that cannot be shown leaves its place empty; the evaluation's own errors are shown above.
    lookup?.get(id).then(
      (found) => current && setSample(found),
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [lookup, id]);
  return sample;
}
