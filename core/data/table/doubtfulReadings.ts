import type { Problem } from '../../errors.ts';
import { signName, type TableDialect } from '../csv/dialect.ts';
import { splitUnit } from '../csv/numberFormat.ts';
import type { ChosenColumn } from './chooseColumns.ts';
import type { ColumnFacts } from './columnFacts.ts';
import type { TableFixes } from './tableFixes.ts';

/** A target with more rows than this, where most values occur once, holds no classes. */
const ENOUGH_ROWS = 20;
/** Categories that somebody may have meant, rather than numbers or names. */
const FEW_VALUES = 50;
/** One-hot columns or softmax outputs beyond this are a mistake in the column's kind, far more often than a wish. */
export const MAX_CATEGORIES = 1000;

/** Where a file can be read in two ways that mean different numbers, both are told, each with a button. */
export function ambiguousNumbers({ ambiguous, decimal, thousands }: TableDialect, fixes: TableFixes): Problem[] {
  if (ambiguous === null) return [];
  const { text, otherwise } = ambiguous;
  const sign = text.includes(',') ? ',' : '.';
  const name = signName(sign);
  const isDecimal = sign === decimal;
  const now = isDecimal ? `the ${name} as the decimal sign` : `the ${name} as a sign that groups digits`;
  const other = isDecimal
    ? 'it groups digits, and the numbers are a thousand times as large'
    : 'it is the decimal sign';
  return [
    {
      code: 'number-ambiguous',
      severity: 'warning',
      title: 'Numbers in two ways',
      message: `Numbers like “${text}” can be read in two ways, and nothing else in the file tells which. They are read with ${now}. If ${other}, say so.`,
      facts: { text, decimal, thousands },
      fixes: [
        ...fixes.format(isDecimal ? `The ${name} groups digits` : `The ${name} is the decimal sign`, {
          decimal: otherwise,
        }),
        ...fixes.format(isDecimal ? `It is the decimal sign` : `It groups digits`, { decimal }),
      ],
    },
  ];
}

/** Of a column's texts, as many are looked at. */
const LOOKED_AT = 1000;

/** Numbers of which some are in other units than others (`5 kg`, `600 g`; `1.2M`, `900K`) are no numbers of one kind, and told of. */
export function mixedUnits({ name, inferred, kind, unit, facts }: ChosenColumn): Problem[] {
  if (!inferred || kind === 'numeric' || unit !== '') return [];
  const units = new Map<string, number>();
  let looked = 0;
  let measured = 0;
  for (const text of facts.counts.keys()) {
    if (looked++ >= LOOKED_AT) break;
    const found = splitUnit(text)?.unit ?? '';
    if (found === '') continue;
    measured++;
    units.set(found, (units.get(found) ?? 0) + 1);
  }
  const recurring = [...units].filter(([, count]) => count > 1);
  // As many values as recur: a list of names (`12 Main St`) has one for each.
  if (measured < 0.8 * Math.min(looked, LOOKED_AT) || units.size < 2 || units.size > 10 || recurring.length === 0)
    return [];
  const list = [...units].sort((a, b) => b[1] - a[1]).map(([text]) => `“${text}”`);
  return [
    {
      code: 'mixed-units',
      severity: 'warning',
      title: 'Several units',
      message: `Column “${name}” holds numbers in several units: ${list.slice(0, 4).join(', ')}${list.length > 4 ? ', …' : ''}. They cannot be compared as they are, so they are not read as numbers. Bring them to one unit in the file.`,
      facts: { column: name, units: [...units.keys()] },
    },
  ];
}

/** Columns of which nobody said what they hold, and which may well be something else. */
export function doubtfulKinds(column: ChosenColumn, fixes: TableFixes): Problem[] {
  if (column.role === 'ignore' || column.kind === 'numeric') return [];
  return [...mostlyNumbers(column, fixes), ...singleClasses(column)];
}

function mostlyNumbers({ name, role, inferred, facts }: ChosenColumn, fixes: TableFixes): Problem[] {
  const { numbers, texts, firstText, distinct } = facts;
  const filled = numbers + texts;
  if (!inferred || texts === 0 || numbers < 0.5 * filled || distinct < 8 || firstText === null) return [];
  return [
    {
      code: 'numbers-as-categories',
      severity: 'warning',
      title: 'Numbers and text',
      message: `${numbers} of ${filled} filled cells in column “${name}” are numbers, but ${texts} are not; the first is “${firstText.text}” in row ${firstText.row + 1}. So the column counts as ${distinct} categories. If it holds quantities, make it numeric: the other cells then count as missing.`,
      facts: { column: name, numbers, texts, distinct },
      fixes: fixes.column('Make it numeric', name, { role, kind: 'numeric' }),
    },
  ];
}

/** A target whose values hardly ever recur cannot be learnt as classes; where nobody chose it, it must not train by itself. */
function singleClasses({ name, role, inferred, facts }: ChosenColumn): Problem[] {
  const filled = facts.numbers + facts.texts;
  if (role !== 'target' || filled <= ENOUGH_ROWS || facts.distinct * 2 <= filled) return [];
  if (facts.distinct > MAX_CATEGORIES) return [];
  return [
    {
      code: 'target-not-classes',
      severity: inferred ? 'error' : 'warning',
      title: 'No classes',
      message: `Target column “${name}” has ${facts.distinct.toLocaleString('en')} different values in ${filled.toLocaleString('en')} rows, so hardly any class has a second sample to learn from. Choose another target, or make this one numeric if it holds quantities.`,
      facts: { column: name, distinct: facts.distinct, filled },
    },
  ];
}

/** Whether “make it categorical” is good advice: the values recur and are few. */
export function mayBeCategories({ distinct, numbers, texts }: ColumnFacts): boolean {
  const filled = numbers + texts;
  return distinct <= FEW_VALUES && (distinct * 2 <= filled || filled <= 10);
}
