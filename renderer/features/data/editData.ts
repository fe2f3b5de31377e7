import type { ColumnSummary } from '../../../core/data/index.ts';
import type { ColumnSettings, DataSettings, DataSource } from '../../../core/document/index.ts';
import type { JsonObject } from '../../../core/json.ts';
import { tryDispatch } from '../../stores/documentStore.ts';

export type FolderSource = Extract<DataSource, { kind: 'imageFolder' }>;
export type CsvSource = Extract<DataSource, { kind: 'csv' }>;

/** Changes data settings as one entry of the history. Returns the sentence when the change is refused. */
export function editData(changes: Partial<DataSettings>, gesture?: string): string | null {
  // The schema keeps settings plain JSON; its loose objects only hide that from the type.
  const data = changes as unknown as JsonObject;
  return tryDispatch({ command: 'setData', args: { data } }, gesture)?.message ?? null;
}

export function editSplit(settings: DataSettings, changes: Partial<DataSettings['split']>): string | null {
  return editData({ split: { ...settings.split, ...changes } });
}

/**
 * The settings of a file's columns after one of them was given a role or kind. Where one of two targets is a class, there can be
 * only one: the column that was the target before becomes a feature.
 */
export function withColumn(
  columns: CsvSource['columns'],
  summaries: readonly ColumnSummary[],
  name: string,
  change: Partial<ColumnSettings>,
): CsvSource['columns'] {
  const summary = summaries.find((column) => column.name === name);
  if (summary === undefined) return columns;
  // What was chosen a moment ago is in the settings; the summaries follow once the data has been read again.
  const now = (of: ColumnSummary): ColumnSettings => ({ role: of.role, kind: of.kind, ...columns[of.name] });
  const next: ColumnSettings = { ...now(summary), ...change };
  const result: { [column: string]: ColumnSettings } = { ...columns, [name]: next };
  if (next.role === 'target') {
    for (const other of summaries) {
      const { role, kind } = now(other);
      if (other.name === name || role !== 'target') continue;
      if (next.kind === 'numeric' && kind === 'numeric') continue;
      result[other.name] = { role: 'feature', kind };
    }
  }
  return result;
}
