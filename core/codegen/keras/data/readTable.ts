import type { TableLayout } from '../../../document/index.ts';
import { call, dict, type Python, positional, tuple } from '../../python/expression.ts';
import { statement } from '../../python/format.ts';
import { number, string } from '../../python/literals.ts';
import { lines } from './dataCode.ts';

/** As in `core/data/csv/cells.ts`. */
const MISSING = ['', 'na', 'n/a', '#n/a', '<na>', 'nan', '-nan', 'null', 'none', '?', '.'];

/** As in `core/data/csv/numberFormat.ts`. */
const GROUPING = { ',': ',', '.': '\\.', ' ': '[ \\u00a0\\u2009\\u202f]', "'": "['\\u2019]" } as const;

/** What Python calls the encodings. */
const ENCODINGS = { 'utf-8': 'utf-8-sig', 'utf-16': 'utf-16', 'windows-1252': 'cp1252' } as const;

/** @param beside name of the file where it lies beside the program */
export function fileConstant({ path }: TableLayout, beside: string): string[] {
  return path === null
    ? statement('CSV_FILE = ', call('Path(__file__).with_name', [positional(string(beside))]))
    : statement('CSV_FILE = ', string(path));
}

/** What the functions below read cells by. `used`: the columns that take part. */
export function readingConstants(csv: TableLayout, used: ReadonlySet<string>, numbers: boolean): string[] {
  const missing = csv.missing === null ? MISSING : ['', ...csv.missing.map((text) => text.trim().toLowerCase())];
  const units = unitsOf(csv, used);
  const spellings = spellingsOf(csv, used);
  return [
    ...statement('MISSING = ', tuple([...new Set(missing)].map(string))),
    ...(numbers && units.length > 0
      ? ['# What stands before or behind the numbers of a column.', ...statement('UNITS = ', dict(units))]
      : []),
    ...(numbers && csv.magnitudes !== null
      ? [
          '# What letters behind numbers stand for.',
          ...statement(
            'MAGNITUDES = ',
            dict(Object.entries(csv.magnitudes).map(([letter, factor]) => [string(letter), number(factor)])),
          ),
        ]
      : []),
    ...(spellings.length > 0
      ? ['# Texts that are other spellings of a category.', ...statement('SPELLINGS = ', dict(spellings))]
      : []),
    ...(numbers ? numberPatterns(csv) : []),
  ];
}

function unitsOf({ columns }: TableLayout, used: ReadonlySet<string>): [Python, Python][] {
  return columns
    .filter(({ name, unit }) => unit !== '' && used.has(name))
    .map(({ name, unit }) => [string(name), string(unit)]);
}

function spellingsOf({ columns }: TableLayout, used: ReadonlySet<string>): [Python, Python][] {
  return columns
    .filter(({ name, spellings }) => spellings.length > 0 && used.has(name))
    .map(({ name, spellings }) => [
      string(name),
      dict(spellings.map(([from, to]): [Python, Python] => [string(from), string(to)])),
    ]);
}

function numberPatterns({ decimal, thousands }: TableLayout): string[] {
  const flags = 're.IGNORECASE | re.ASCII';
  const whole = thousands === '.' && decimal === ',';
  const plain = whole ? '[+-]?\\d+(e[+-]?\\d+)?' : '[+-]?(\\d+\\.?\\d*|\\.\\d+)(e[+-]?\\d+)?';
  const comma = decimal === ',' ? [`WITH_COMMA = re.compile(r"[+-]?(\\d+,\\d*|,\\d+)(e[+-]?\\d+)?", ${flags})`] : [];
  const patterns = [`NUMBER = re.compile(r"${plain}", ${flags})`, ...comma];
  if (thousands === '') return patterns;
  const group = GROUPING[thousands];
  const point = decimal === '.' ? '\\.' : ',';
  return [
    ...patterns,
    `GROUPED = re.compile(`,
    `    r"[+-]?\\d{1,3}(${group}\\d{2,3})*${group}\\d{3}(${point}\\d*)?", re.ASCII`,
    `)`,
  ];
}

/** `read_rows()`: the cells of the file by column, as texts. */
export function readRows(csv: TableLayout, used: ReadonlySet<string>): string[] {
  const { separator, quote, skip, comment, heading } = csv;
  const options = [
    ...(separator === ',' ? [] : [`delimiter=${JSON.stringify(separator)}`]),
    ...(quote === '"' ? [] : [`quotechar=${JSON.stringify(quote)}`]),
    ...(csv.blanksBeforeQuotes ? ['skipinitialspace=True'] : []),
  ].map((option) => `, ${option}`);
  const blanks =
    separator === ' '
      ? `
    # Any number of blanks separates cells.
    rows = [[cell for cell in row if cell != ""] for row in rows]`
      : '';
  const start = skip + (heading ? 1 : 0);
  const slice =
    comment === ''
      ? start === 0
        ? ''
        : `
    rows = rows[${start}:]`
      : `
    rows = [row for row in rows[${start}:] if not row[0].lstrip().startswith(${JSON.stringify(comment)})]`;
  const spelled = spellingsOf(csv, used).length > 0;
  const cells = spelled
    ? `{
            name: SPELLINGS.get(name, {}).get(cell.strip(), cell.strip())
            for name, cell in zip(COLUMNS, row + [""] * len(COLUMNS))
        }`
    : '{name: cell.strip() for name, cell in zip(COLUMNS, row + [""] * len(COLUMNS))}';
  return lines(`def read_rows():
    """The rows of the file as dictionaries of texts; empty lines are skipped."""
    with open(CSV_FILE, encoding=${JSON.stringify(ENCODINGS[csv.encoding])}) as file:
        reader = csv.reader(file${options.join('')})
        rows = [row for row in reader if any(cell.strip() for cell in row)]${blanks}${slice}
    return [
        ${cells}
        for row in rows
    ]`);
}

/** `number(row, name)`, for the table's way of writing numbers. */
export function numberCode(csv: TableLayout, used: ReadonlySet<string>): string[] {
  const { decimal, thousands } = csv;
  const steps: string[] = [];
  if ((csv.missing ?? []).some((text) => /\d/.test(text)))
    steps.push(`    if text.lower() in MISSING:
        return np.nan`);
  const units = unitsOf(csv, used).length > 0;
  if (units) steps.push('    text = without_unit(text, name)');
  if (csv.parentheses)
    steps.push(`    inside = re.fullmatch(r"\\(\\s*(.*\\S)\\s*\\)", text)
    negative = inside is not None and inside[1][0] not in "+-\\u2212"
    if negative:
        text = ${units ? 'without_unit(inside[1], name)' : 'inside[1]'}`);
  if (csv.magnitudes !== null)
    steps.push(`    factor = 1
    power = re.fullmatch(r"(.*[0-9.,])(${Object.keys(csv.magnitudes).join('|')})", text)
    if power:
        text, factor = power[1], MAGNITUDES[power[2]]`);
  if (csv.longMinus)
    steps.push(`    sign = -1 if text.startswith("\\u2212") else 1
    text = text.removeprefix("\\u2212")`);
  const ways = [
    `    if NUMBER.fullmatch(text):
        value = float(text)`,
    ...(decimal === ','
      ? [
          `    elif WITH_COMMA.fullmatch(text):
        value = float(text.replace(",", "."))`,
        ]
      : []),
    ...(thousands === ''
      ? []
      : [
          `    elif GROUPED.fullmatch(text):
        value = float(${withoutGroups(thousands)}${decimal === '.' ? '' : '.replace(",", ".")'})`,
        ]),
    `    else:
        return np.nan`,
  ];
  const signed = [
    ...(csv.longMinus ? ['    value = sign * value'] : []),
    ...(csv.magnitudes === null ? [] : ['    value = value * factor']),
    ...(csv.parentheses ? ['    value = -value if negative else value'] : []),
  ];
  return lines(`def number(row, name):
    """The number in a cell; NaN where there is none that 32 bits can hold."""
    text = row[name]
${[...steps, ...ways].join('\n')}
${signed.join('\n')}
    return value if abs(value) <= np.finfo("float32").max else np.nan`);
}

/** `without_unit(text, name)`, where columns have units. */
export function unitCode(csv: TableLayout, used: ReadonlySet<string>): string[][] {
  if (unitsOf(csv, used).length === 0) return [];
  return [
    lines(`def without_unit(text, name):
    """The text of a cell without what stands before or behind the numbers of its column."""
    unit = UNITS.get(name, "")
    if unit and text.endswith(unit):
        return text[: -len(unit)].rstrip()
    if unit and text.startswith(unit):
        return text[len(unit) :].lstrip()
    if unit and text[:1] in ("+", "-", "\\u2212") and text.startswith(unit, 1):
        return text[0] + text[1 + len(unit) :].lstrip()
    return text`),
  ];
}

function withoutGroups(thousands: Exclude<TableLayout['thousands'], ''>): string {
  return thousands === ',' || thousands === '.'
    ? `text.replace("${thousands}", "")`
    : `re.sub(r"${GROUPING[thousands]}", "", text)`;
}
