import type { HeadEvaluation } from '../../../core/engine/index.ts';
import { formatCount, formatPercent } from '../../ui/index.ts';
import { DataTable, type TableColumn } from '../../ui/table/index.ts';

type Row = HeadEvaluation['perClass'][number];

const share = (id: 'precision' | 'recall' | 'f1', title: string): TableColumn<Row> => ({
  id,
  title,
  track: 'minmax(4.75rem, 1fr)',
  align: 'end',
  value: (row) => row[id],
  cell: (row) => (Number.isFinite(row[id]) ? formatPercent(row[id]) : '–'),
});

const COLUMNS: readonly TableColumn<Row>[] = [
  { id: 'name', title: 'Class', track: 'minmax(4.5rem, 1.2fr)', value: (row) => row.name },
  share('precision', 'Precision'),
  share('recall', 'Recall'),
  share('f1', 'F1'),
  {
    id: 'support',
    title: 'Samples',
    track: 'minmax(4.25rem, .8fr)',
    align: 'end',
    value: (row) => row.support,
    cell: (row) => formatCount(row.support),
  },
];

/** How well each class is found: of those called it, how many are; of those that are, how many were called it. */
export function PerClassTable({ rows }: { readonly rows: readonly Row[] }) {
  return (
    <div className="by-class" style={{ height: Math.min(rows.length, 12) * 28 + 32 }}>
      <DataTable label="Precision, recall and F1 by class" columns={COLUMNS} rows={rows} />
    </div>
  );
}
