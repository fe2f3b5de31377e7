import { isMissingText } from './cells.ts';
import type { Notation } from './findNotation.ts';
import type { DecimalSign, ThousandsSign } from './numberFormat.ts';
import { numberParts } from './numberParts.ts';
import { numberReader } from './numberReader.ts';

export interface FoundNumberFormat {
  readonly decimal: DecimalSign;
  readonly thousands: ThousandsSign;
  /** A number with one reading as good as the other, and the decimal sign of that other reading. */
  readonly ambiguous: { readonly text: string; readonly otherwise: DecimalSign } | null;
  readonly whyDecimal: string;
  readonly whyThousands: string;
}

/** How many cells show what a sign means, with the first of them. */
class Evidence {
  count = 0;
  example = '';
  add(text: string): void {
    if (this.count++ === 0) this.example = text;
  }
}

interface Signs {
  readonly commaDecimal: Evidence;
  readonly dotDecimal: Evidence;
  readonly commaGroups: Evidence;
  readonly dotGroups: Evidence;
  readonly blankGroups: Evidence;
  readonly apostropheGroups: Evidence;
  /** `1,234`: a thousand or a bit more than one. */
  readonly commaEither: Evidence;
  readonly dotEither: Evidence;
}

/** The decimal and the thousands sign of a table, from what its cells can mean only together. */
export function findNumberFormat(
  cells: Iterable<string>,
  separator: string,
  given: { readonly decimal?: DecimalSign | undefined; readonly thousands?: ThousandsSign | undefined },
): FoundNumberFormat {
  const signs = collect(cells);
  const { decimal, why, ambiguous } =
    given.decimal === undefined
      ? chooseDecimal(signs, separator, given.thousands)
      : { decimal: given.decimal, why: 'Set by hand.', ambiguous: null };
  if (given.thousands !== undefined) {
    return {
      decimal,
      thousands: given.thousands,
      ambiguous: null,
      whyDecimal: why,
      whyThousands: 'Set by hand.',
    };
  }
  const { thousands, why: whyThousands } = chooseThousands(signs, decimal);
  return { decimal, thousands, ambiguous, whyDecimal: why, whyThousands };
}

function collect(cells: Iterable<string>): Signs {
  const signs: Signs = {
    commaDecimal: new Evidence(),
    dotDecimal: new Evidence(),
    commaGroups: new Evidence(),
    dotGroups: new Evidence(),
    blankGroups: new Evidence(),
    apostropheGroups: new Evidence(),
    commaEither: new Evidence(),
    dotEither: new Evidence(),
  };
  for (const cell of cells) {
    const split = numberParts(cell);
    if (split !== null) classify(split.digits.replace(/^[+\-\u2212]+/, ''), cell, signs);
  }
  return signs;
}

function classify(digits: string, cell: string, signs: Signs): void {
  if (/[\s\u00a0\u2009\u202f]/.test(digits)) {
    if (/^\d{1,3}([\s\u00a0\u2009\u202f]\d{3})+([.,]\d*)?$/.test(digits)) signs.blankGroups.add(cell);
    else return;
  }
  if (/['\u2019]/.test(digits)) {
    if (/^\d{1,3}(['\u2019]\d{3})+([.,]\d*)?$/.test(digits)) signs.apostropheGroups.add(cell);
    else return;
  }
  const commas = digits.split(',').length - 1;
  const dots = digits.split('.').length - 1;
  const grouped = (decimal: DecimalSign, thousands: ',' | '.'): boolean =>
    !Number.isNaN(numberReader({ decimal, thousands, unit: '' })(digits));
  if (commas > 0 && dots > 0) {
    if (digits.lastIndexOf(',') > digits.lastIndexOf('.')) {
      if (commas === 1 && grouped(',', '.')) addBoth(cell, signs.commaDecimal, signs.dotGroups);
    } else if (dots === 1 && grouped('.', ',')) addBoth(cell, signs.dotDecimal, signs.commaGroups);
  } else if (commas > 1) {
    if (grouped('.', ',')) signs.commaGroups.add(cell);
  } else if (dots > 1) {
    if (grouped(',', '.')) signs.dotGroups.add(cell);
  } else if (commas === 1) {
    (/^[1-9]\d{0,2},\d{3}$/.test(digits) ? signs.commaEither : signs.commaDecimal).add(cell);
  } else if (dots === 1) {
    (/^[1-9]\d{0,2}\.\d{3}$/.test(digits) ? signs.dotEither : signs.dotDecimal).add(cell);
  }
}

function addBoth(cell: string, a: Evidence, b: Evidence): void {
  a.add(cell);
  b.add(cell);
}

function chooseDecimal(
  signs: Signs,
  separator: string,
  thousands: ThousandsSign | undefined,
): { readonly decimal: DecimalSign; readonly why: string } & Pick<FoundNumberFormat, 'ambiguous'> {
  const { commaDecimal, dotDecimal, commaGroups, dotGroups, commaEither, dotEither } = signs;
  const comma = (why: string) => ({ decimal: ',', why, ambiguous: null }) as const;
  const dot = (why: string) => ({ decimal: '.', why, ambiguous: null }) as const;
  if (thousands === ',') return dot('The comma groups digits, so the dot is the decimal sign.');
  if (thousands === '.') return comma('The dot groups digits, so the comma is the decimal sign.');
  if (commaDecimal.count > 0 && dotDecimal.count > 0) {
    // Both: with a decimal comma, numbers with a dot are read too; not so the other way round.
    const rare = commaDecimal.count * 50 < dotDecimal.count;
    return commaGroups.count > 0 || rare || separator === ','
      ? dot(`Numbers like “${dotDecimal.example}” have a decimal dot.`)
      : comma(
          `Numbers like “${commaDecimal.example}” have a decimal comma; those like “${dotDecimal.example}”, with a dot, are read too.`,
        );
  }
  if (commaDecimal.count > 0) return comma(`Numbers like “${commaDecimal.example}” have a decimal comma.`);
  if (dotDecimal.count > 0) return dot(`Numbers like “${dotDecimal.example}” have a decimal dot.`);
  if (commaGroups.count > 0) return dot(`In “${commaGroups.example}” commas group digits.`);
  if (dotGroups.count > 0) return comma(`In “${dotGroups.example}” dots group digits.`);
  if (commaEither.count > 0) {
    const text = commaEither.example;
    if (dotEither.count > 0 ? separator === ';' : separator === ';' || signs.blankGroups.count > 0) {
      const why = `“${text}” can be read in two ways; in a file with semicolons it is taken for a decimal comma.`;
      return { decimal: ',', why, ambiguous: { text, otherwise: '.' } };
    }
    const why = `“${text}” can be read in two ways; it is taken for a thousand, as every such number has three digits behind the comma.`;
    return { decimal: '.', why, ambiguous: { text, otherwise: ',' } };
  }
  if (dotEither.count > 0) {
    const read = dot(`Numbers like “${dotEither.example}” have a decimal dot.`);
    // Where semicolons separate cells, commas are decimal signs and dots may well group digits.
    return separator === ';' ? { ...read, ambiguous: { text: dotEither.example, otherwise: ',' } } : read;
  }
  if (separator === ';') return comma('No number has decimals; where semicolons separate cells, a comma is customary.');
  return dot('No number has decimals; a dot is customary.');
}

function chooseThousands(
  signs: Signs,
  decimal: DecimalSign,
): { readonly thousands: ThousandsSign; readonly why: string } {
  const [proof, either] = decimal === '.' ? [signs.commaGroups, signs.commaEither] : [signs.dotGroups, signs.dotEither];
  const other = decimal === '.' ? ',' : '.';
  const found = proof.count > 0 ? proof : either;
  // Dots that are certainly decimals beside decimal commas: then a dot groups nothing.
  const contradicted = decimal === ',' && signs.dotDecimal.count >= proof.count + either.count;
  if (found.count > 0 && !(contradicted && signs.dotDecimal.count > 0)) {
    const word = other === ',' ? 'comma' : 'dot';
    return { thousands: other, why: `In “${found.example}” the ${word} groups digits.` };
  }
  const { blankGroups, apostropheGroups } = signs;
  if (blankGroups.count > 0) return { thousands: ' ', why: `In “${blankGroups.example}” a blank groups digits.` };
  if (apostropheGroups.count > 0)
    return { thousands: "'", why: `In “${apostropheGroups.example}” an apostrophe groups digits.` };
  return { thousands: '', why: 'No number has its digits grouped.' };
}

/** A column's unit must stand in at least this part of its numbers that have any. */
const SAME_UNIT = 0.9;

/**
 * The unit of a column's numbers: the same text behind (or before) most of them, while few cells are anything else. Numbers with two
 * units are no numbers of one kind: `''`. A letter for a power of ten is no unit where the table has such.
 */
export function findUnit(cells: readonly string[], { parentheses, magnitudes }: Notation): string {
  const units = new Map<string, number>();
  let filled = 0;
  let numbers = 0;
  for (const cell of cells) {
    if (isMissingText(cell)) continue;
    filled++;
    const split = numberParts(cell);
    if (split === null || (split.parentheses && !parentheses)) continue;
    numbers++;
    const unit = split.unit === '' && !magnitudes ? split.magnitude : split.unit;
    if (unit !== '') units.set(unit, (units.get(unit) ?? 0) + 1);
  }
  const withUnit = [...units.values()].reduce((sum, count) => sum + count, 0);
  const [unit, count] = [...units].sort((a, b) => b[1] - a[1])[0] ?? ['', 0];
  const enough = withUnit >= 2 && withUnit * 2 >= numbers && numbers * 2 >= filled;
  return enough && count >= SAME_UNIT * withUnit ? unit : '';
}
