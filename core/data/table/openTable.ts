import type { ColumnSettings, DataSettings } from '../../document/index.ts';
import type { Problem } from '../../errors.ts';
import type { Table } from '../csv/readCsv.ts';
import { classBalance, fractionsProblem, splitProblems } from '../describeSplits.ts';
import type { LoadedDataset } from '../loadedDataset.ts';
import type { FieldData } from '../preprocess.ts';
import type { FeatureColumn, TableScaler, Target } from '../scaler.ts';
import type { DataDescription } from '../schema.ts';
import { splitSamples } from '../splitSamples.ts';
import { type ChosenColumn, chooseColumns } from './chooseColumns.ts';
import { columnNotes } from './columnNotes.ts';
import { describeReading } from './describeReading.ts';
import { ambiguousNumbers, doubtfulKinds, mixedUnits } from './doubtfulReadings.ts';
import { encodeFeatures, encodeTargets, fitFeatures, keepRows, type MissingPolicy } from './encodeTable.ts';
import { featureValues, targetValues } from './fieldValues.ts';
import { columnProblems, summariseColumn } from './summariseColumn.ts';
import { tableDataset } from './tableDataset.ts';
import { tableFixes } from './tableFixes.ts';
import { type TableFile, tableLayout } from './tableLayout.ts';

export interface TableSource {
  readonly name: string;
  readonly attribution: string;
  readonly file: TableFile;
  readonly table: Table;
  readonly columns: Readonly<Record<string, ColumnSettings>>;
  readonly missing: MissingPolicy;
}

/**
 * Makes a dataset of a table. Where something stands in the way (no target, one class only, missing values that are not
 * allowed) the description still shows the columns, so that the person can set them right, and there is no dataset.
 */
export function openTable(
  source: TableSource,
  settings: DataSettings,
): { description: DataDescription; dataset: LoadedDataset | null } {
  const { columns, problems: choices } = chooseColumns(source.table, source.columns);
  // One text for each value, found markers as missing: what is encoded. Who looks at a row sees the cells as in the file.
  const table: Table = { ...source.table, columns: columns.map(({ column }) => column) };
  const fixes = tableFixes(settings);
  const problems: Problem[] = [
    ...table.problems,
    ...ambiguousNumbers(table.dialect, fixes),
    ...choices,
    ...rolesProblems(columns),
    ...columns.flatMap((column) => [
      ...columnProblems(column, table.rows, fixes),
      ...doubtfulKinds(column, fixes),
      ...mixedUnits(column),
      ...columnNotes(column),
    ]),
  ];
  const fractions = fractionsProblem(settings.split);
  if (fractions !== null) problems.push(fractions);
  const descriptionWith = (more: Partial<DataDescription>): DataDescription => ({
    summary: { name: source.name, kind: 'table', samples: table.rows, fields: [] },
    attribution: source.attribution,
    pixelMaximum: null,
    columns: columns.map(summariseColumn),
    reading: describeReading(source.table, columns),
    splits: { train: 0, validation: 0, test: 0 },
    classBalance: [],
    problems,
    ...more,
  });
  const blocked = (): boolean => problems.some((problem) => problem.severity === 'error');
  if (blocked()) return { description: descriptionWith({}), dataset: null };

  const { rows, problems: gaps } = keepRows(table, columns, source.missing);
  problems.push(...gaps);
  if (blocked()) return { description: descriptionWith({}), dataset: null };
  const { targets, fields: targetFields } = encodeTargets(table, columns, rows);
  problems.push(...targets.flatMap(oneClassLeft));
  if (blocked()) return { description: descriptionWith({}), dataset: null };

  const labelled = targets.find((target) => target.classes !== null);
  const labels = labelled === undefined ? null : (targetFields[labelled.field]?.data ?? null);
  const { validation, test, seed, stratify } = settings.split;
  const splits = splitSamples({ count: rows.length, labels: stratify ? labels : null, validation, test, seed });
  const balance = classBalance(labelled?.classes ?? null, labels ?? [], splits);
  problems.push(...splitProblems(splits, balance, settings.split));
  if (blocked()) return { description: descriptionWith({}), dataset: null };

  const features = fitFeatures(table, columns, rows, splits.train, settings.scaling, source.missing);
  const input = encodeFeatures(table, features, rows);
  const fields: Record<string, FieldData> = { features: input, ...targetFields };
  problems.push(...tooLarge(input, columnPlaces(features)));
  if (blocked()) return { description: descriptionWith({}), dataset: null };
  const description = descriptionWith({
    summary: {
      name: source.name,
      kind: 'table',
      samples: rows.length,
      fields: [
        {
          name: 'features',
          role: 'input',
          shape: [...input.shape],
          values: featureValues(table, features, rows, input),
        },
        ...targets.map((target) => targetField(target, targetFields[target.field]?.data ?? [])),
      ],
      trainingSamples: splits.train.length,
    },
    splits: { train: splits.train.length, validation: splits.validation.length, test: splits.test.length },
    classBalance: balance,
    layout: tableLayout(source.table, source.file, columns, { columns: features, targets }),
  });
  const scaler: TableScaler = {
    kind: 'table',
    input: 'features',
    columns: features,
    targets,
    decimalComma: table.dialect.decimal === ',',
    ...(table.dialect.thousands === '' ? {} : { thousands: table.dialect.thousands }),
    ...(table.dialect.parentheses && { parentheses: true }),
    ...(table.dialect.magnitudes && { magnitudes: true }),
    ...(table.dialect.missing === null ? {} : { missing: [...table.dialect.missing] }),
  };
  return {
    description,
    dataset: tableDataset({ table: source.table, description, splits, fields, columns, rows, scaler }),
  };
}

function targetField(target: Target, data: ArrayLike<number>): DataDescription['summary']['fields'][number] {
  const { field, classes } = target;
  const known = classes === null ? { values: targetValues(target, data) } : { classes };
  return { name: field, role: 'target', shape: [1], ...known };
}

function rolesProblems(columns: readonly ChosenColumn[]): Problem[] {
  const problems: Problem[] = [];
  if (!columns.some((column) => column.role === 'target')) {
    const message =
      'No column is the target, so there is nothing to learn. Make the column to be predicted the target.';
    problems.push({ code: 'no-target', severity: 'error', title: 'No target', message });
  }
  if (!columns.some((column) => column.role === 'feature')) {
    const message = `No column is a feature, so there is nothing to predict from. Make at least one of the columns a feature: ${columns
      .filter((column) => column.role === 'ignore')
      .map((column) => column.name)
      .slice(0, 10)
      .join(', ')}.`;
    problems.push({ code: 'no-features', severity: 'error', title: 'No features', message });
  }
  return problems;
}

/** Leaving out rows with gaps can leave a class without samples. */
function oneClassLeft({ column, classes }: Target): Problem[] {
  if (classes === null || classes.length > 1) return [];
  const message = `Column “${column}” has only one class left, “${classes[0] ?? ''}”, after rows with missing values were left out. Choose to fill missing values instead.`;
  return [{ code: 'one-class', severity: 'error', title: 'One class only', message, facts: { column } }];
}

/** Scaling can take numbers near float32's limit beyond it; training would only ever answer NaN. */
function tooLarge({ data }: FieldData, columns: readonly string[]): Problem[] {
  const at = data.findIndex((value) => !Number.isFinite(value));
  if (at < 0) return [];
  const column = columns[at % columns.length] ?? '';
  const message = `Column “${column}” holds numbers beyond what 32-bit floating point can hold (about 3.4·10³⁸) after scaling. Express them in larger units, or leave the column out.`;
  return [{ code: 'feature-overflow', severity: 'error', title: 'Numbers too large', message, facts: { column } }];
}

/** The column behind each number of a sample's features. */
function columnPlaces(features: readonly FeatureColumn[]): readonly string[] {
  return features.flatMap((feature) =>
    feature.kind === 'numeric' ? [feature.name] : feature.values.map(() => feature.name),
  );
}
