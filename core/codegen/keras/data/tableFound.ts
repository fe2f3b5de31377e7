import type { DataSettings, FeatureLayout, TargetLayout } from '../../../document/index.ts';
import { dict, type Python, tuple } from '../../python/expression.ts';
import { statement } from '../../python/format.ts';
import { number, string } from '../../python/literals.ts';
import { lines } from './dataCode.ts';

/** What becomes of the columns of a table. */
export interface TableEncoding {
  readonly features: readonly FeatureLayout[];
  readonly targets: readonly TargetLayout[];
  readonly missing: 'dropRow' | 'meanOrMode' | 'error';
}

/** What a run found among its training rows, which may not all be there any more. */
export function foundConstants({ scaling }: Pick<DataSettings, 'scaling'>, encoding: TableEncoding): string[] {
  const scales: [Python, Python][] = [];
  const fills: [Python, Python][] = [];
  for (const feature of encoding.features) {
    const { name, fill } = feature;
    if (feature.kind === 'numeric')
      scales.push([string(name), tuple([number(feature.subtract), number(feature.divide)])]);
    if (fill === null || encoding.missing !== 'meanOrMode') continue;
    fills.push([string(name), typeof fill === 'number' ? number(fill) : string(fill)]);
  }
  return [
    ...(scaling === 'none' || scales.length === 0
      ? []
      : [
          '# What the run subtracted from the numbers of a column, and divided them by.',
          ...statement('SCALING = ', dict(scales)),
        ]),
    ...(fills.length === 0 ? [] : ['# What stood in for no value in the run.', ...statement('FILL = ', dict(fills))]),
  ];
}

/** `encode_features(rows)` with these. */
export function encodeAsRunCode({ scaling }: Pick<DataSettings, 'scaling'>, encoding: TableEncoding): string[] {
  const { features, missing } = encoding;
  const fill = missing === 'meanOrMode';
  const numeric = features.some(({ kind }) => kind === 'numeric');
  const categorical = features.some(({ kind }) => kind === 'categorical');
  const numbers = [
    'values = np.array([number(row, name) for row in rows])',
    ...(fill ? ['values[np.isnan(values)] = FILL[name]'] : []),
    ...(scaling === 'none' ? [] : ['subtract, divide = SCALING[name]', 'values = (values - subtract) / divide']),
    'columns.append(values[:, np.newaxis])',
  ];
  const cells = fill
    ? [
        'cells = [row[name] for row in rows]',
        'cells = [FILL[name] if cell.lower() in MISSING else cell for cell in cells]',
        'columns.append([[cell == c for c in categories] for cell in cells])',
      ]
    : ['columns.append([[row[name] == c for c in categories] for row in rows])'];
  const at = (indent: number, some: readonly string[]) => some.map((line) => `${' '.repeat(indent)}${line}`);
  const body =
    numeric && categorical
      ? ['        if categories is None:', ...at(12, numbers), '        else:', ...at(12, cells)]
      : at(8, numeric ? numbers : cells);
  return [
    ...lines(`def encode_features(rows):
    """What the network reads, prepared as the run prepared it."""
    columns = []
    for name, categories in FEATURES.items():`),
    ...body,
    '    return np.concatenate(columns, axis=1).astype("float32")',
  ];
}
