import { type FieldData, scalerSchema } from '../../data/node.ts';
import { sizeOf } from '../../tensor/index.ts';
import type { ReadValues } from '../model/lookups.ts';

/** A field's numbers, each with its column in the words of the file: what it was before it was scaled. */
export function readValues({ data, shape }: FieldData, scaler: unknown): ReadValues {
  const parsed = scalerSchema.safeParse(scaler);
  const columns = parsed.success && parsed.data.kind === 'table' ? parsed.data.columns : [];
  const places = columns.flatMap((column) => (column.kind === 'numeric' ? [column] : column.values.map(() => null)));
  return {
    data,
    width: sizeOf(shape),
    columnAt: (place, at) => {
      const column = places[place] ?? null;
      return column === null ? null : { name: column.name, value: (data[at] ?? 0) * column.divide + column.subtract };
    },
  };
}
