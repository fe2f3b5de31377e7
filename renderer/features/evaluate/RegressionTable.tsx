import type { RegressionFigures } from '../../../core/engine/index.ts';
import { metricText } from '../../ui/chart/index.ts';
import { DataTable, type TableColumn } from '../../ui/table/index.ts';

interface Row extends Pick<RegressionFigures, 'mae' | 'rmse' | 'r2'> {
  readonly name: string;
}

const error = (id: 'mae' | 'rmse', title: string): TableColumn<Row> => ({
  id,
  title,
  track: 'minmax(4.75rem, 1fr)',
  align: 'end',
  value: (row) => row[id],
  cell: (row) => metricText(id, row[id]),
});

const COLUMNS: readonly TableColumn<Row>[] = [
  { id: 'name', title: 'Errors of', track: 'minmax(7.5rem, 2fr)', value: (row) => row.name },
  error('mae', 'MAE'),
  error('rmse', 'RMSE'),
  {
    id: 'r2',
    title: 'R²',
    track: 'minmax(3.75rem, .8fr)',
    align: 'end',
    value: (row) => row.r2 ?? Number.NEGATIVE_INFINITY,
    cell: (row) => (row.r2 === null ? '–' : row.r2.toFixed(3)),
  },
];

/** Errors in the target's own units, beside those of always saying the training part's mean: what a network must at least beat. */
export function RegressionTable({ figures }: { readonly figures: RegressionFigures }) {
  const rows: readonly Row[] = [
    { name: 'this network', ...figures },
    { name: 'always the mean', ...figures.baseline },
  ];
  return (
    <div className="by-class" style={{ height: rows.length * 28 + 32 }}>
      <DataTable label="Errors beside those of the mean" columns={COLUMNS} rows={rows} />
    </div>
  );
}
