import { useMemo, useState } from 'react';
import type { ColumnSummary } from '../../../core/data/index.ts';
import { Field, NumberField, Select } from '../../ui/index.ts';
import { PredictionBars } from './PredictionBars.tsx';
import { usePrediction } from './usePrediction.ts';
import type { RunData } from './useRunData.ts';

type Row = { readonly [column: string]: string | number };

/** The middle of the data: each number's mean, each category's most frequent value. */
function typicalRow(features: readonly ColumnSummary[]): Row {
  return Object.fromEntries(
    features.map((column) => [
      column.name,
      column.kind === 'numeric' ? Number((column.mean ?? 0).toPrecision(4)) : (column.values[0]?.value ?? ''),
    ]),
  );
}

/** Fill in a row and see what the network says, at every change. */
export function TryRow({ data, weights }: { readonly data: RunData; readonly weights: 'best' | 'last' }) {
  const features = useMemo(() => data.description.columns.filter((column) => column.role === 'feature'), [data]);
  const [row, setRow] = useState<Row>(() => typicalRow(features));
  const { prediction, problem } = usePrediction(data.runId, weights, row);
  const set = (name: string, value: string | number) => setRow((before) => ({ ...before, [name]: value }));
  return (
    <div className="try-it">
      <div className="try-form">
        {features.map((column) => (
          <Field
            key={column.name}
            label={column.name}
            help={
              column.min === null || column.max === null ? undefined : `In the data: ${column.min} to ${column.max}.`
            }
          >
            {column.kind === 'numeric' ? (
              <NumberField
                label={column.name}
                value={Number(row[column.name] ?? 0)}
                onCommit={(value) => {
                  if (value !== null) set(column.name, value);
                  return null;
                }}
              />
            ) : (
              <Select
                label={column.name}
                value={String(row[column.name] ?? '')}
                options={column.values.map((one) => ({
                  value: one.value,
                  label: one.value === '' ? 'empty' : one.value,
                }))}
                onChange={(value) => set(column.name, value)}
              />
            )}
          </Field>
        ))}
      </div>
      <PredictionBars prediction={prediction} problem={problem} data={data} hint="" />
    </div>
  );
}
