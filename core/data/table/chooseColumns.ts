import type { ColumnSettings } from '../../document/index.ts';
import type { Problem } from '../../errors.ts';
import type { Table } from '../csv/readCsv.ts';
import { type ColumnFacts, columnFacts } from './columnFacts.ts';

/** A column with what it is for. */
export interface ChosenColumn {
  readonly name: string;
  readonly index: number;
  readonly role: 'feature' | 'target' | 'ignore';
  readonly kind: 'numeric' | 'categorical';
  /** Role and kind come from the file, not from the document. */
  readonly inferred: boolean;
  readonly facts: ColumnFacts;
}

/** Names that mark the target, the surest first. */
const TARGET_NAMES = ['target', 'label', 'labels', 'class', 'species', 'y'];
const CLASS_NAMES = ['label', 'labels', 'class', 'species'];
const ID_NAME = /(^|[_\s.-])(id|uuid|guid)$|^(index|rownames?|row_?(number|id)?|unnamed: 0)$/i;

/** A text column with more values than this, most of them single, is free text: names, addresses, notes. */
const FREE_TEXT_VALUES = 50;

/**
 * Decides role and kind of every column. What the document says of a column holds; the rest is inferred: numeric when at least
 * 95 % of the cells that are not empty are numbers, the column called target/label/class/species/y (else the last one) is the
 * target, numbering and free text stay out.
 */
export function chooseColumns(
  table: Table,
  configured: Readonly<Record<string, ColumnSettings>>,
): { columns: ChosenColumn[]; problems: Problem[] } {
  const problems: Problem[] = [];
  const facts = table.columns.map(columnFacts);
  const set = (i: number): ColumnSettings | undefined => {
    const name = table.columns[i]?.name ?? '';
    return Object.hasOwn(configured, name) ? configured[name] : undefined;
  };
  const names = table.columns.map((column) => column.name);
  for (const name of Object.keys(configured)) {
    if (!names.includes(name)) {
      problems.push({
        code: 'column-not-found',
        severity: 'warning',
        title: 'Column not found',
        message: `The design says what column “${name}” is for, but the file has no such column. It has: ${names.slice(0, 20).join(', ')}.`,
        facts: { column: name },
      });
    }
  }

  const leftOut = facts.map((of, i) => (set(i) ? null : reasonToIgnore(table, i, of)));
  const target = chooseTarget(
    names,
    (i) => set(i)?.role,
    (i) => leftOut[i] !== null,
  );
  const columns = table.columns.map((column, index): ChosenColumn => {
    const of = facts[index] ?? columnFacts(column);
    const given = set(index);
    if (given !== undefined) {
      return { name: column.name, index, role: given.role, kind: given.kind, inferred: false, facts: of };
    }
    const isTarget = index === target;
    const kind = isTarget ? targetKind(column.name, of, table.rows) : inferKind(of);
    const reason = isTarget ? null : (leftOut[index] ?? (kind === 'categorical' ? freeText(column.name, of) : null));
    if (reason !== null) problems.push(reason);
    const role = isTarget ? 'target' : reason === null ? 'feature' : 'ignore';
    return { name: column.name, index, role, kind, inferred: true, facts: of };
  });
  return { columns, problems };
}

function chooseTarget(
  names: readonly string[],
  roleSet: (i: number) => string | undefined,
  isLeftOut: (i: number) => boolean,
): number | null {
  if (names.some((_, i) => roleSet(i) === 'target')) return null;
  const free = names.map((_, i) => i).filter((i) => roleSet(i) === undefined && !isLeftOut(i));
  for (const wanted of TARGET_NAMES) {
    const found = free.findLast((i) => names[i]?.toLowerCase() === wanted);
    if (found !== undefined) return found;
  }
  return free.at(-1) ?? null;
}

function inferKind({ numbers, texts }: ColumnFacts): 'numeric' | 'categorical' {
  return numbers > 0 && numbers >= 0.95 * (numbers + texts) ? 'numeric' : 'categorical';
}

/** Class numbers are classes, not quantities: 0, 1, 2 in a target; 3, 7, 9 in one that is called class. */
function targetKind(name: string, facts: ColumnFacts, rows: number): 'numeric' | 'categorical' {
  if (inferKind(facts) === 'categorical') return 'categorical';
  const { distinct } = facts;
  if (!facts.whole) return 'numeric';
  if (CLASS_NAMES.includes(name.toLowerCase())) return distinct <= 1000 ? 'categorical' : 'numeric';
  const consecutive = facts.max - facts.min + 1 === distinct;
  return consecutive && distinct <= 20 && distinct * 2 <= rows ? 'categorical' : 'numeric';
}

function reasonToIgnore(table: Table, index: number, facts: ColumnFacts): Problem | null {
  const name = table.columns[index]?.name ?? '';
  const filled = facts.numbers + facts.texts;
  if (filled === 0) {
    return {
      code: 'empty-column',
      severity: 'warning',
      title: 'Empty column',
      message: `Column “${name}” has no value in any row and is left out.`,
      facts: { column: name },
    };
  }
  const allDiffer = facts.distinct === filled && filled === table.rows && filled > 2;
  const numbering = facts.texts === 0 && facts.whole && facts.max - facts.min + 1 === filled;
  const unnamed = index === 0 && name === 'column_1' && numbering && table.columns.length > 2;
  if (allDiffer && (ID_NAME.test(name) || unnamed)) {
    return {
      code: 'id-column',
      severity: 'info',
      title: 'Numbering left out',
      message: `Column “${name}” has a different value in every row, like a number or name of the row. It is left out: a network would learn it by heart. Make it a feature if it means something.`,
      facts: { column: name },
    };
  }
  return null;
}

function freeText(name: string, facts: ColumnFacts): Problem | null {
  const filled = facts.numbers + facts.texts;
  const { distinct } = facts;
  const single = filled > 10 && distinct === filled;
  if (!single && (distinct <= FREE_TEXT_VALUES || distinct * 2 <= filled)) return null;
  return {
    code: 'free-text-column',
    severity: 'info',
    title: 'Text left out',
    message: `Column “${name}” holds ${distinct.toLocaleString('en')} different texts in ${filled.toLocaleString('en')} rows: names or notes rather than categories. It is left out. Make it a categorical feature to use it all the same.`,
    facts: { column: name, distinct, filled },
  };
}
