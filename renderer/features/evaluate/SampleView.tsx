import type { SampleId } from '../../../core/data/index.ts';
import { sampleName } from '../../ui/index.ts';
import { SamplePicture } from '../../ui/sample/index.ts';
import type { SampleLookup } from './sampleLookup.ts';
import type { RunData } from './useRunData.ts';
import { useSample } from './useSamples.ts';

export interface SampleViewProps {
  readonly lookup: SampleLookup | null;
  readonly data: RunData | null;
  readonly id: SampleId;
  /** Of pictures, in pixels. */
  readonly size: number;
}

/** A sample as a picture, or its cells in one line. The place is kept while it loads. */
export function SampleView({ lookup, data, id, size }: SampleViewProps) {
  const sample = useSample(lookup, id);
  if (data?.description.summary.kind === 'image')
    return <SamplePicture image={sample?.image ?? null} size={size} label={`Sample ${sampleName(id)}`} />;
  const features = data?.description.columns.filter((column) => column.role === 'feature') ?? [];
  const cells = features.map((column) => `${column.name} ${sample?.row?.[column.name] ?? ''}`);
  return (
    <span title={sample === null ? undefined : cells.join('\n')}>
      {sample === null ? '' : features.map((column) => sample.row?.[column.name] || '–').join(' · ')}
    </span>
  );
}
