import { useMemo } from 'react';
import type { ColumnSummary } from '../../../core/data/index.ts';
import type { DataSource } from '../../../core/document/index.ts';
import { formatCount, Select } from '../../ui/index.ts';
import { DataTable, type TableColumn } from '../../ui/table/index.ts';
import { editData, withColumn } from './editData.ts';

const ROLES = [
  { value: 'feature', label: 'feature', help: 'The network sees it.' },
  { value: 'target', label: 'target', help: 'The network learns to say it.' },
  { value: 'ignore', label: 'left out', help: 'Takes no part.' },
] as const;

const KINDS = [
  { value: 'numeric', label: 'number' },
  { value: 'categorical', label: 'category' },
] as const;

/** A figure of a column in at most five digits. */
function figure(value: number | null): string {
  if (value === null) return '';
  const text = Number(value.toPrecision(4));
  return Math.abs(text) >= 10_000 ? formatCount(text) : String(text);
}

export interface ColumnTableProps {
  readonly columns: readonly ColumnSummary[];
  readonly source: DataSource;
}

/** What each column is for, and what is in it. Roles and kinds of a file's columns can be set; those of built-in data are given. */
export function ColumnTable({ columns, source }: ColumnTableProps) {
  const definitions = useMemo<TableColumn<ColumnSummary>[]>(() => {
    const csv = source.kind === 'csv' ? source : null;
    const set = (name: string, change: Parameters<typeof withColumn>[3]) => {
      if (csv) editData({ source: { ...csv, columns: withColumn(csv.columns, columns, name, change) } });
    };
    return [
      {
        id: 'name',
        title: 'Column',
        track: 'minmax(7.5rem, 1.2fr)',
        value: (c) => c.name,
        cell: (c) => <strong title={`${c.name}: ${c.why}`}>{c.name}</strong>,
      },
      {
        id: 'role',
        title: 'Role',
        track: '6.875rem',
        value: (c) => c.role,
        cell: (c) =>
          csv ? (
            <Select
              label={`Role of ${c.name}`}
              value={c.role}
              options={ROLES}
              onChange={(role) => set(c.name, { role })}
            />
          ) : (
            (ROLES.find((role) => role.value === c.role)?.label ?? c.role)
          ),
      },
      {
        id: 'kind',
        title: 'Kind',
        track: '6.875rem',
        value: (c) => c.kind,
        cell: (c) =>
          csv ? (
            <Select
              label={`Kind of ${c.name}`}
              value={c.kind}
              options={KINDS}
              onChange={(kind) => set(c.name, { kind })}
            />
          ) : (
            (KINDS.find((kind) => kind.value === c.kind)?.label ?? c.kind)
          ),
      },
      {
        id: 'missing',
        title: 'Empty',
        track: '3.75rem',
        align: 'end',
        value: (c) => c.missing,
        cell: (c) => <Count value={c.missing} />,
      },
      {
        id: 'invalid',
        title: 'Not a number',
        track: '6.125rem',
        align: 'end',
        value: (c) => c.invalid,
        cell: (c) => <Count value={c.invalid} />,
      },
      {
        id: 'distinct',
        title: 'Distinct',
        track: '4.375rem',
        align: 'end',
        value: (c) => c.distinct,
        cell: (c) => formatCount(c.distinct),
      },
      {
        id: 'contents',
        title: 'Contents',
        track: 'minmax(11.875rem, 2.4fr)',
        sortable: false,
        value: (c) => c.values.map((v) => v.value).join(', '),
        cell: (c) => <Contents column={c} />,
      },
    ];
  }, [columns, source]);
  const rowHeight = source.kind === 'csv' ? 36 : 28;
  return (
    <section className="column-section" aria-label="Columns">
      <header className="data-subhead">
        <h3>Columns</h3>
        <span className="faint">{columns.length}</span>
      </header>
      <div className="column-area" style={{ height: `${(Math.min(columns.length, 8) * rowHeight + 32) / 16}rem` }}>
        <DataTable
          label="Columns"
          columns={definitions}
          rows={columns}
          rowHeight={rowHeight}
          rowClassName={(c) => (c.role === 'ignore' ? 'column-left-out' : '')}
        />
      </div>
    </section>
  );
}

function Count({ value }: { readonly value: number }) {
  return <span className={value > 0 ? 'count-warning' : 'faint'}>{formatCount(value)}</span>;
}

/** The range and mean of numbers, the most frequent values of categories. */
function Contents({ column }: { readonly column: ColumnSummary }) {
  if (column.kind === 'numeric')
    return (
      <span className="column-values">
        <span>
          {figure(column.min)} <span className="faint">to</span> {figure(column.max)}
        </span>
        <span>
          <span className="faint">mean</span> {figure(column.mean)}
        </span>
      </span>
    );
  const text = column.values.map((one) => `${one.value} (${formatCount(one.count)})`).join(', ');
  return (
    <span className="column-values" title={text}>
      {column.values.slice(0, 6).map((one) => (
        <span key={one.value}>
          {one.value} <span className="faint">{formatCount(one.count)}</span>
        </span>
      ))}
      {column.values.length > 6 && <span className="faint">…</span>}
    </span>
  );
}
