import {
  type DialectPart,
  formatMissingList,
  formatUnits,
  signName,
  type TableReading,
} from '../../../core/data/index.ts';
import type { TableFormat } from '../../../core/document/index.ts';
import type { SelectOption } from '../../ui/index.ts';
import { type CsvSource, editData } from './editData.ts';

/** Stands for “not set: find it” in a list of choices. */
export const FIND = 'find';

export type ChosenPart = Exclude<DialectPart, 'skip' | 'units' | 'missing'>;

/** What the parts of a reading are called, in the order in which they are shown. */
export const PART_LABELS: Readonly<Record<DialectPart, string>> = {
  separator: 'Between cells',
  quote: 'Around cells',
  skip: 'Rows before',
  heading: 'First row',
  decimal: 'Decimal sign',
  thousands: 'Groups digits',
  parentheses: 'In parentheses',
  magnitudes: 'With k, M, bn',
  units: 'Beside numbers',
  missing: 'No value',
};

const CHOICES: Readonly<Record<ChosenPart, readonly string[]>> = {
  separator: [',', ';', '\t', '|', ' '],
  quote: ['"', "'"],
  heading: ['names', 'data'],
  parentheses: ['yes', 'no'],
  magnitudes: ['yes', 'no'],
  decimal: ['.', ','],
  thousands: ['', ',', '.', ' ', "'"],
};

/** Of the parts that are no signs: their values in words. */
const WORDS: { readonly [P in ChosenPart]?: Readonly<Record<string, string>> } = {
  heading: { names: 'column names', data: 'data' },
  parentheses: { yes: 'negative numbers', no: 'no numbers' },
  magnitudes: { yes: 'powers of ten', no: 'units or text' },
};

function nameOf(part: ChosenPart, value: string): string {
  return WORDS[part]?.[value] ?? signName(value);
}

/** The list for one part. The first entry leaves it to be found, and says what was. */
export function choicesOf(part: ChosenPart, source: CsvSource, reading: TableReading | null): SelectOption<string>[] {
  const given = source.format?.[part];
  const now = reading === null ? null : textOf(part, reading[part]);
  const found = given === undefined && now !== null ? `found: ${nameOf(part, now)}` : 'find it';
  const set = given === undefined ? [] : [textOf(part, given)];
  const values = [...new Set([...CHOICES[part], ...set])];
  return [{ value: FIND, label: found }, ...values.map((value) => ({ value, label: nameOf(part, value) }))];
}

/** What the design sets of one part, as a value of its list. */
export function chosenOf(part: ChosenPart, source: CsvSource): string {
  const given = source.format?.[part];
  return given === undefined ? FIND : textOf(part, given);
}

function textOf(part: ChosenPart, value: string | boolean): string {
  if (typeof value !== 'boolean') return value;
  return part === 'heading' ? (value ? 'names' : 'data') : value ? 'yes' : 'no';
}

/** Sets one part as chosen from its list. */
export function choosePart(source: CsvSource, part: ChosenPart, value: string): string | null {
  if (value === FIND) return setFormat(source, { [part]: undefined });
  const isSwitch = part in WORDS;
  return setFormat(source, { [part]: isSwitch ? value === 'names' || value === 'yes' : value });
}

/** Changes how the file is read, as one entry of the history; `undefined` leaves a part to be found. */
export function setFormat(
  source: CsvSource,
  change: { readonly [K in keyof TableFormat]?: TableFormat[K] | undefined },
): string | null {
  const format = Object.fromEntries(
    Object.entries({ ...source.format, ...change }).filter(([, value]) => value !== undefined),
  );
  const { format: _, ...rest } = source;
  return editData({ source: Object.keys(format).length === 0 ? rest : { ...rest, format } });
}

/** A part of a reading in a word or two. */
export function partText(part: DialectPart, reading: TableReading): string {
  switch (part) {
    case 'skip':
      return String(reading.skip);
    case 'units':
      return formatUnits(reading.units);
    case 'missing':
      return reading.missing.length === 0 ? 'empty cells' : formatMissingList(reading.missing);
    default:
      return nameOf(part, textOf(part, reading[part]));
  }
}
