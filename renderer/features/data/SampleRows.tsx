import { useMemo } from 'react';
import type { ColumnSummary } from '../../../core/data/index.ts';
import { sampleName } from '../../ui/index.ts';
import { VirtualRows } from '../../ui/table/index.ts';
import type { Preview } from './usePreview.ts';

/** Table samples as in the file: the row's number, then its cells; features, target and what is left out told apart. */
export function SampleRows({
  preview,
  columns,
}: {
  readonly preview: Preview;
  readonly columns: readonly ColumnSummary[];
}) {
  const ordered = useMemo(() => {
    const rank = { target: 0, feature: 1, ignore: 2 };
    return [...columns].sort((a, b) => rank[a.role] - rank[b.role]);
  }, [columns]);
  const tracks = `3.5rem ${ordered.map(() => 'minmax(5.75rem, 1fr)').join(' ')}`;
  const align = (column: ColumnSummary) => (column.kind === 'numeric' ? 'table-end' : 'table-start');
  return (
    <VirtualRows
      label="Samples"
      tracks={tracks}
      count={preview.total}
      rowHeight={28}
      onRange={preview.need}
      header={
        <>
          {/* biome-ignore lint/a11y/useSemanticElements: see VirtualRows */}
          {/* biome-ignore lint/a11y/useFocusableInteractive: not interactive */}
          <div role="columnheader" className="table-cell table-end">
            row
          </div>
          {ordered.map((column) => (
            // biome-ignore lint/a11y/useSemanticElements: see VirtualRows
            // biome-ignore lint/a11y/useFocusableInteractive: not interactive
            <div
              key={column.name}
              role="columnheader"
              className={`table-cell ${align(column)} column-${column.role}`}
              title={column.name}
            >
              {column.name}
            </div>
          ))}
        </>
      }
      row={(index) => {
        const sample = preview.sampleAt(index);
        return (
          <>
            {/* biome-ignore lint/a11y/useSemanticElements: see VirtualRows */}
            <div role="cell" className="table-cell table-end faint">
              {sample === undefined ? '' : sampleName(sample.id)}
            </div>
            {ordered.map((column) => {
              const text = sample?.row?.[column.name];
              return (
                // biome-ignore lint/a11y/useSemanticElements: see VirtualRows
                <div key={column.name} role="cell" className={`table-cell ${align(column)} column-${column.role}`}>
                  {text === '' ? <span className="cell-missing">empty</span> : (text ?? '')}
                </div>
              );
            })}
          </>
        );
      }}
    />
  );
}
