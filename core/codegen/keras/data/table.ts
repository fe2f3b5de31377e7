import type { DataSettings, TableLayout } from '../../../document/index.ts';
import { atom, dict, list } from '../../python/expression.ts';
import { statement } from '../../python/format.ts';
import { string } from '../../python/literals.ts';
import { tableBeside } from '../context.ts';
import { splitLine } from './builtin.ts';
import { type DataCode, lines } from './dataCode.ts';
import { fileConstant, numberCode, readingConstants, readRows, unitCode } from './readTable.ts';
import { encodeAsRunCode, foundConstants, type TableEncoding } from './tableFound.ts';
import { partsConstant, rowKeyCode, splitRowsCode } from './tableParts.ts';

/**
 * Reads a CSV file with Python's own `csv` module and encodes it as `core/data/table` does.
 * @param partsFile the file that says which rows a run had in which part; null: the program deals them out, and finds the scaling itself
 */
export function tableCode(settings: DataSettings, csv: TableLayout, partsFile: string | null): DataCode {
  const { features, targets } = csv;
  const { source } = settings;
  const encoding: TableEncoding = { features, targets, missing: source.kind === 'csv' ? source.missing : 'dropRow' };
  const used = new Set([...features.map(({ name }) => name), ...targets.map(({ column }) => column)]);
  const categorical = features.some((feature) => feature.kind === 'categorical');
  const numeric = features.some((feature) => feature.kind === 'numeric');
  const numbers = numeric || targets.some((target) => target.classes === null);
  const [only] = targets;
  const single = targets.length === 1 && only !== undefined;
  const labelled = targets.find((target) => target.classes !== null);
  const expression = (field: string) =>
    single ? 'targets' : `targets[${JSON.stringify(field || (targets[0]?.field ?? ''))}]`;
  const targetOf = (field: string) => targets.find((target) => target.field === field) ?? only;
  const split =
    labelled === undefined
      ? splitLine({ stratify: false }, '', 'rows')
      : splitLine(settings.split, expression(labelled.field), 'rows');
  return {
    standardImports: [
      'import csv',
      ...(partsFile === null ? [] : ['import hashlib', ...(numbers ? ['import struct'] : [])]),
      ...(numbers ? ['import re'] : []),
      ...(csv.path === null || partsFile !== null ? ['from pathlib import Path'] : []),
    ],
    imports: [],
    packages: [],
    constants: [
      ...fileConstant(csv, `${tableBeside(source) ?? 'data'}.csv`),
      ...statement('COLUMNS = ', list(csv.columns.map(({ name }) => string(name)))),
      '# What the network reads: None for a number, else the categories that become one-hot.',
      ...statement(
        'FEATURES = ',
        dict(
          features.map((feature) => [
            string(feature.name),
            feature.kind === 'numeric' ? atom('None') : list(feature.values.map(string)),
          ]),
        ),
      ),
      '# What it learns to tell: None for a number, else the classes.',
      ...statement(
        'TARGETS = ',
        dict(
          targets.map(({ column, classes }) => [string(column), classes ? list(classes.map(string)) : atom('None')]),
        ),
      ),
      ...(partsFile === null ? [] : [...foundConstants(settings, encoding), ...partsConstant(partsFile)]),
      ...readingConstants(csv, used, numbers),
    ],
    functions: [
      readRows(csv, used),
      ...(numbers ? [...unitCode(csv, used), numberCode(csv, used)] : []),
      usableCode(encoding, numbers),
      targetsCode(encoding, single),
      ...(partsFile === null
        ? [encodeCode(settings, encoding, numeric, categorical)]
        : [
            rowKeyCode(numbers, categorical || labelled !== undefined),
            splitRowsCode(),
            encodeAsRunCode(settings, encoding),
          ]),
    ],
    load: [
      '    rows = [row for row in read_rows() if usable(row)]',
      ...(partsFile === null ? [] : ['    rows, train, validation, test = split_rows(rows)']),
      `    targets = ${single ? 'encode_target(rows, *next(iter(TARGETS.items())))' : targetsByField(targets)}`,
      ...(partsFile === null ? [split] : []),
      `    features = encode_features(rows${partsFile === null ? ', train' : ''})`,
    ],
    dealt: partsFile !== null,
    input: () => 'features',
    target: expression,
    classes: (field) => targetOf(field)?.classes?.length ?? null,
  };
}

function targetsByField(targets: TableEncoding['targets']): string {
  const columns = targets.map(({ field, column }) => `${flatString(field)}: ${flatString(column)}`).join(', ');
  return `{
        field: encode_target(rows, column, TARGETS[column])
        for field, column in {${columns}}.items()
    }`;
}

function flatString(text: string): string {
  return JSON.stringify(text);
}

function usableCode({ missing }: TableEncoding, numbers: boolean): string[] {
  const all = numbers ? '(FEATURES | TARGETS)' : 'FEATURES | TARGETS';
  const columns = missing === 'meanOrMode' ? 'TARGETS' : all;
  const what = missing === 'meanOrMode' ? 'its target' : 'every value';
  const test = numbers
    ? `        if categories is None:
            if not np.isfinite(number(row, name)):
                return False
        elif row[name].lower() in MISSING:
            return False`
    : `        if row[name].lower() in MISSING:
            return False`;
  return lines(`def usable(row):
    """Whether a row has ${what}."""
    for ${numbers ? 'name, categories' : 'name'} in ${numbers ? `${columns}.items()` : columns}:
${test}
    return True`);
}

function targetsCode({ targets }: TableEncoding, single: boolean): string[] {
  const classes = targets.some((target) => target.classes !== null);
  const regression = targets.some((target) => target.classes === null);
  const asClass = 'np.array([classes.index(row[column]) for row in rows])';
  const asNumber = 'np.array([[number(row, column)] for row in rows], dtype="float32")';
  const body =
    classes && regression
      ? `    if classes is None:
        return ${asNumber}
    return ${asClass}`
      : `    return ${classes ? asClass : asNumber}`;
  const what = classes && regression ? 'Class indices, or numbers' : classes ? 'The class index' : 'The number';
  return lines(`def encode_target(rows, column, classes):
    """${what} of each row${single ? '' : ' in one target column'}."""
${body}`);
}

function encodeCode(
  settings: DataSettings,
  { missing }: TableEncoding,
  numeric: boolean,
  categorical: boolean,
): string[] {
  const fillNumber = '\n        values[np.isnan(values)] = known.mean()';
  const scaling = {
    none: '',
    standardise: '\n        values = (values - known.mean()) / (known.std() or 1)',
    minmax: '\n        values = (values - known.min()) / (np.ptp(known) or 1)',
  }[settings.scaling];
  const fill = missing === 'meanOrMode';
  const known = fill || settings.scaling !== 'none' ? '\n        known = values[train][~np.isnan(values[train])]' : '';
  const numbers = `values = np.array([number(row, name) for row in rows])${known}${fill ? fillNumber : ''}${scaling}
        columns.append(values[:, np.newaxis])`;
  const cells = fill
    ? `cells = [row[name] for row in rows]
        counts = [sum(cells[i] == c for i in train) for c in categories]
        usual = categories[int(np.argmax(counts))]
        cells = [usual if cell.lower() in MISSING else cell for cell in cells]
        columns.append([[cell == c for c in categories] for cell in cells])`
    : 'columns.append([[row[name] == c for c in categories] for row in rows])';
  const indent = (text: string) => text.replaceAll('\n        ', '\n            ');
  const body =
    numeric && categorical
      ? `        if categories is None:
            ${indent(numbers)}
        else:
            ${indent(cells)}`
      : `        ${numeric ? numbers : cells}`;
  const what = [
    ...(numeric ? [settings.scaling === 'none' ? 'numbers as they are' : 'numbers scaled by the training rows'] : []),
    ...(categorical ? ['categories one-hot'] : []),
  ].join(', ');
  return lines(`def encode_features(rows, train):
    """What the network reads: ${what}."""
    columns = []
    for name, categories in FEATURES.items():
${body}
    return np.concatenate(columns, axis=1).astype("float32")`);
}
