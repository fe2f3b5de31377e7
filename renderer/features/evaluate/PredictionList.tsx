import { useMemo } from 'react';
import type { HeadEvaluation } from '../../../core/engine/index.ts';
import { metricText } from '../../ui/chart/index.ts';
import { formatPercent, sampleName } from '../../ui/index.ts';
import { DataTable, type TableColumn } from '../../ui/table/index.ts';
import { decimalsOf, errorOf } from './regression.ts';
import { SampleView } from './SampleView.tsx';
import type { SampleLookup } from './sampleLookup.ts';
import type { RunData } from './useRunData.ts';

type Row = HeadEvaluation['predictions'][number];

export interface PredictionListProps {
  readonly rows: readonly Row[];
  readonly lookup: SampleLookup | null;
  readonly data: RunData | null;
}

const CLASS_COLUMNS: readonly TableColumn<Row>[] = [
  { id: 'target', title: 'True', track: 'minmax(4.75rem, 1fr)', value: (row) => row.target },
  {
    id: 'predicted',
    title: 'Predicted',
    track: 'minmax(5rem, 1fr)',
    value: (row) => row.predicted,
    cell: (row) => <span className={row.correct === false ? 'prediction-wrong' : undefined}>{row.predicted}</span>,
  },
  {
    id: 'confidence',
    title: 'Confidence',
    track: 'minmax(7.875rem, 1fr)',
    value: (row) => row.confidence,
    cell: (row) => <Confidence value={row.confidence} wrong={row.correct === false} />,
  },
];

function numberColumns(decimals: number): readonly TableColumn<Row>[] {
  const shown = (text: string) => (Number.isFinite(Number(text)) ? Number(text).toFixed(decimals) : text);
  const number = (text: string) => (Number.isFinite(Number(text)) ? Number(text) : text);
  return [
    {
      id: 'target',
      title: 'True',
      track: 'minmax(4.75rem, 1fr)',
      align: 'end',
      value: (row) => number(row.target),
      cell: (row) => row.target,
    },
    {
      id: 'predicted',
      title: 'Predicted',
      track: 'minmax(5.25rem, 1fr)',
      align: 'end',
      value: (row) => number(row.predicted),
      cell: (row) => shown(row.predicted),
    },
    {
      id: 'error',
      title: 'Error',
      track: 'minmax(5rem, 1fr)',
      align: 'end',
      value: errorOf,
      cell: (row) => {
        const error = errorOf(row);
        if (error === null) return '–';
        return `${error > 0 ? '+' : error < 0 ? '−' : ''}${Math.abs(error).toFixed(decimals)}`;
      },
    },
  ];
}

/** Predictions, worst first, each with its sample. */
export function PredictionList({ rows, lookup, data }: PredictionListProps) {
  const image = data?.description.summary.kind === 'image';
  const files = rows.some((row) => typeof row.sample === 'string');
  const classes = rows.some((row) => row.correct !== null);
  const columns = useMemo<TableColumn<Row>[]>(
    () => [
      {
        id: 'sample',
        title: 'Sample',
        track: image ? '4.75rem' : 'minmax(8.125rem, 2.4fr)',
        sortable: false,
        value: (row) => row.sample,
        cell: (row) => <SampleView lookup={lookup} data={data} id={row.sample} size={36} />,
      },
      files
        ? {
            id: 'file',
            title: 'File',
            track: 'minmax(5.625rem, 1.4fr)',
            value: (row) => row.sample,
            cell: (row) => <span title={sampleName(row.sample)}>{sampleName(row.sample)}</span>,
          }
        : {
            id: 'row',
            title: image ? 'No.' : 'Row',
            track: '3.5rem',
            align: 'end',
            value: (row) => row.sample,
            cell: (row) => sampleName(row.sample),
          },
      ...(classes ? CLASS_COLUMNS : numberColumns(decimalsOf(rows))),
      {
        id: 'loss',
        title: 'Loss',
        track: '4.375rem',
        align: 'end',
        value: (row) => row.loss,
        cell: (row) => metricText('loss', row.loss),
      },
    ],
    [lookup, data, image, files, classes, rows],
  );
  return <DataTable label="Predictions" columns={columns} rows={rows} rowHeight={image ? 44 : 30} />;
}

function Confidence({ value, wrong }: { readonly value: number | null; readonly wrong: boolean }) {
  if (value === null) return '–';
  return (
    <span className="confidence">
      <span className="confidence-bar" aria-hidden="true">
        <span className={wrong ? 'confidence-wrong' : undefined} style={{ width: `${value * 100}%` }} />
      </span>
      {formatPercent(value)}
    </span>
  );
}
