import type { ColumnSettings, DataSettings, TableFormat } from '../../document/index.ts';
import { edit } from '../../edits.ts';
import type { Fix } from '../../errors.ts';
import type { JsonObject } from '../../json.ts';

/** Buttons that change how the table behind a design is read. */
export interface TableFixes {
  /** Sets something of how the file is written. */
  format(label: string, change: TableFormat): readonly Fix[];
  /** Sets what a column is. */
  column(label: string, name: string, settings: ColumnSettings): readonly Fix[];
}

/** For the design with these settings; no buttons where the table is none of the person's own. */
export function tableFixes({ source }: Pick<DataSettings, 'source'>): TableFixes {
  if (source.kind !== 'csv') return { format: () => [], column: () => [] };
  const setSource = (label: string, changes: Partial<typeof source>): readonly Fix[] => {
    // The schema keeps settings plain JSON; its loose objects only hide that from the type.
    const data = { source: { ...source, ...changes } } as unknown as JsonObject;
    return [{ label, edit: edit('setData', { data }) }];
  };
  return {
    format: (label, change) => setSource(label, { format: { ...source.format, ...change } }),
    column: (label, name, settings) => setSource(label, { columns: { ...source.columns, [name]: settings } }),
  };
}
