import { useState } from 'react';
import type { DataDescription, SplitName } from '../../../core/data/index.ts';
import { formatCount, ProblemView, SegmentedControl } from '../../ui/index.ts';
import { SampleGrid } from './SampleGrid.tsx';
import { SampleRows } from './SampleRows.tsx';
import { usePreview } from './usePreview.ts';

type Part = SplitName | 'all';

/** The samples themselves, all of them or one part of the split. */
export function SampleBrowser({ description }: { readonly description: DataDescription }) {
  const [part, setPart] = useState<Part>('all');
  const preview = usePreview(description, part === 'all' ? null : part);
  const { splits, summary } = description;
  const count = (n: number) => <span className="part-count">{formatCount(n)}</span>;
  const options = [
    { value: 'all' as const, label: <>All {count(splits.train + splits.validation + splits.test)}</> },
    { value: 'train' as const, label: <>Train {count(splits.train)}</>, disabled: splits.train === 0 },
    {
      value: 'validation' as const,
      label: <>Validation {count(splits.validation)}</>,
      disabled: splits.validation === 0,
    },
    { value: 'test' as const, label: <>Test {count(splits.test)}</>, disabled: splits.test === 0 },
  ];
  return (
    <section className="sample-browser" aria-label="Samples">
      <header className="data-subhead">
        <h3>Samples</h3>
        <SegmentedControl label="Part of the split" value={part} options={options} onChange={setPart} />
      </header>
      {preview.problem !== null && <ProblemView problem={preview.problem} />}
      <div className="sample-area">
        {summary.kind === 'image' ? (
          <SampleGrid preview={preview} />
        ) : (
          <SampleRows preview={preview} columns={description.columns} />
        )}
      </div>
    </section>
  );
}
