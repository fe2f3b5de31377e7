import {
  type ColumnDef,
  createSortedRowModel,
  rowSortingFeature,
  sortFn_alphanumeric,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { type ReactNode, useMemo } from 'react';
import { classNames } from '../classNames.ts';
import { VirtualRows } from './VirtualRows.tsx';

const features = tableFeatures({
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
  sortFns: { alphanumeric: sortFn_alphanumeric },
});

export interface TableColumn<T> {
  readonly id: string;
  readonly title: string;
  /** The title is there for screen readers alone: what is in the column speaks for itself. */
  readonly quiet?: boolean;
  /** CSS grid track: `5rem`, `minmax(7.5rem, 1fr)`. */
  readonly track: string;
  readonly align?: 'start' | 'end';
  /** The cell holds a control, not text: less room around it, and nothing to shorten. */
  readonly control?: boolean;
  /** What sorting compares, and what is shown unless `cell` is there. Null sorts last. */
  readonly value: (row: T) => string | number | null;
  readonly cell?: (row: T) => ReactNode;
  readonly sortable?: boolean;
}

export interface DataTableProps<T> {
  readonly label: string;
  readonly columns: readonly TableColumn<T>[];
  readonly rows: readonly T[];
  readonly rowHeight?: number;
  readonly onRow?: (row: T) => void;
  readonly selected?: (row: T) => boolean;
  readonly rowClassName?: (row: T) => string;
  readonly onVisible?: (rows: readonly T[]) => void;
}

/** Rows in columns, sorted by a click on a header (a second click turns it around, a third restores the given order). */
export function DataTable<T extends object>(props: DataTableProps<T>) {
  const { label, columns, rows, rowHeight = 28, onRow, selected, rowClassName, onVisible } = props;
  const definitions = useMemo<ColumnDef<typeof features, T>[]>(
    () =>
      columns.map((column) => ({
        id: column.id,
        header: column.title,
        accessorFn: (row: T) => column.value(row) ?? undefined,
        sortUndefined: 'last' as const,
        enableSorting: column.sortable !== false,
      })),
    [columns],
  );
  const data = useMemo(() => [...rows], [rows]);
  const table = useTable({ features, columns: definitions, data, enableMultiSort: false });
  const sorted = table.getRowModel().rows;
  const rowAt = (index: number): T | undefined => sorted[index]?.original;
  const chosen = selected ? sorted.findIndex((row) => selected(row.original)) : -1;
  const header = table.getHeaderGroups()[0]?.headers.map((head, i) => {
    const column = columns[i];
    const direction = head.column.getIsSorted();
    const sort = direction === 'asc' ? 'ascending' : direction === 'desc' ? 'descending' : 'none';
    return (
      // biome-ignore lint/a11y/useSemanticElements: see VirtualRows
      // biome-ignore lint/a11y/useFocusableInteractive: the button inside takes the focus
      <div
        key={head.id}
        role="columnheader"
        aria-sort={head.column.getCanSort() ? sort : undefined}
        className={`table-cell table-${column?.align ?? 'start'}`}
      >
        {head.column.getCanSort() ? (
          <button type="button" className="table-sort" onClick={head.column.getToggleSortingHandler()}>
            {column?.title}
            {direction === 'asc' && <ArrowUp aria-hidden />}
            {direction === 'desc' && <ArrowDown aria-hidden />}
          </button>
        ) : (
          <span className={column?.quiet === true ? 'visually-hidden' : undefined}>{column?.title}</span>
        )}
      </div>
    );
  });
  return (
    <VirtualRows
      label={label}
      tracks={columns.map((column) => column.track).join(' ')}
      header={header}
      count={sorted.length}
      rowHeight={rowHeight}
      selected={chosen < 0 ? null : chosen}
      {...(onRow
        ? {
            onRow: (index: number) => {
              const row = rowAt(index);
              if (row) onRow(row);
            },
          }
        : {})}
      {...(onVisible
        ? { onRange: (first: number, last: number) => onVisible(sorted.slice(first, last + 1).map((r) => r.original)) }
        : {})}
      rowClassName={(index) => {
        const row = rowAt(index);
        return row && rowClassName ? rowClassName(row) : '';
      }}
      row={(index) => {
        const row = rowAt(index);
        if (!row) return null;
        return columns.map((column) => (
          // biome-ignore lint/a11y/useSemanticElements: see VirtualRows
          <div
            key={column.id}
            role="cell"
            className={classNames(
              'table-cell',
              `table-${column.align ?? 'start'}`,
              column.control === true && 'table-control',
            )}
          >
            {column.cell ? column.cell(row) : (column.value(row) ?? '')}
          </div>
        ));
      }}
    />
  );
}
