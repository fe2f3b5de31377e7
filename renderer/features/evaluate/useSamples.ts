import { useEffect, useMemo, useState } from 'react';
import type { Sample } from '../../../core/data/index.ts';
import { host } from '../../stores/host.ts';
import { SampleLookup } from './sampleLookup.ts';
import type { RunData } from './useRunData.ts';

/** A lookup over the data a run was trained on; null until that data is known. */
export function useSampleLookup(data: RunData | null): SampleLookup | null {
  return useMemo(() => {
    if (data === null) return null;
    const { settings, documentPath } = data;
    return new SampleLookup((offset, count) =>
      host().call('data.preview', { settings, documentPath, split: null, offset, count } as never),
    );
  }, [data]);
}

/** One sample by its row; null while it loads or when it cannot be had. */
export function useSample(lookup: SampleLookup | null, index: number): Sample | null {
  const [sample, setSample] = useState<Sample | null>(null);
  useEffect(() => {
    let current = true;
    setSample(null);
    // A sample that cannot be shown leaves its place empty; the evaluation's own errors are shown above.
    lookup?.get(index).then(
      (found) => current && setSample(found),
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [lookup, index]);
  return sample;
}
