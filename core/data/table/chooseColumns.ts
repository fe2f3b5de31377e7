import type { ColumnSettings } from '../../document/index.ts';
import type { Problem } from '../../errors.ts';
import type { Column } from '../csv/column.ts';
import type { Table } from '../csv/readCsv.ts';
import { type ColumnFacts, columnFacts } from './columnFacts.ts';
import { findMarkers, type Marker, withMarkers } from './findMarkers.ts';
import { type JoinedColumn, joinSpellings, listSpellings } from './joinSpellings.ts';
import { freeText, reasonToLeaveOut } from './leaveOut.ts';

/** A column with what it is for. */
export interface ChosenColumn {
  readonly name: string;
  readonly index: number;
  readonly role: 'feature' | 'target' | 'ignore';
  readonly kind: 'numeric' | 'categorical';
  /** Role and kind come from the file, not from the document. */
  readonly inferred: boolean;
  readonly facts: ColumnFacts;
  /** Its cells as they are used: one text for each value, found markers of "no value" counted as missing. */
  readonly column: Column;
  /** Which text stands for which other, where the column holds categories. */
  readonly spellings: JoinedColumn['spellings'];
  /** Texts found to stand for "no value" among its numbers. */
  readonly markers: readonly Marker[];
  /** Categories that differ in capitals only. */
  readonly cases: JoinedColumn['cases'];
  /** What stands before or behind its numbers; `''`: nothing. */
  readonly unit: string;
  /** Why it has this role and kind, for people. */
  readonly why: string;
}

/** Names that mark the target, the surest first. */
const TARGET_NAMES = ['target', 'label', 'labels', 'class', 'species', 'y'];
const CLASS_NAMES = ['label', 'labels', 'class', 'species'];

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
  const prepared = table.columns.map((column) => prepare(column, table.dialect.missing !== null));
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

  const leftOut = prepared.map(({ asNumbers }, i) => (set(i) ? null : reasonToLeaveOut(table, i, asNumbers.facts)));
  const target = chooseTarget(
    names,
    (i) => set(i)?.role,
    (i) => leftOut[i] !== null,
  );
  const columns = prepared.map((of, index): ChosenColumn => {
    const name = names[index] ?? '';
    const unit = table.dialect.units[index] ?? '';
    const given = set(index);
    if (given !== undefined)
      return {
        name,
        index,
        unit,
        inferred: false,
        role: given.role,
        kind: given.kind,
        ...of.as(given.kind),
        why: 'Set in the design.',
      };
    const isTarget = index === target;
    const kind = isTarget ? targetKind(name, of.asNumbers.facts, table.rows) : inferKind(of.asNumbers.facts);
    const used = of.as(kind);
    const reason = isTarget ? null : (leftOut[index] ?? (kind === 'categorical' ? freeText(name, used.facts) : null));
    if (reason !== null) problems.push(reason);
    const role = isTarget ? 'target' : reason === null ? 'feature' : 'ignore';
    const why =
      reason?.message ??
      [whyRole(name, isTarget), whyKind(kind, of.asNumbers.facts, unit), ...whyMissing(used)].join(' ');
    return { name, index, unit, role, kind, inferred: true, ...used, why };
  });
  return { columns, problems };
}

type Used = Pick<ChosenColumn, 'column' | 'facts' | 'spellings' | 'markers' | 'cases'>;

interface Prepared {
  readonly asNumbers: Used;
  as(kind: ChosenColumn['kind']): Used;
}

/** A column as it looks when it holds numbers and when it holds categories. */
function prepare(original: Column, missingGiven: boolean): Prepared {
  const { column, spellings, cases } = joinSpellings(original);
  const facts = columnFacts(column);
  const asCategories = { column, facts, spellings, markers: [], cases };
  const markers = missingGiven ? [] : findMarkers(column, facts);
  const marked = markers.length === 0 ? column : withMarkers(column, markers);
  const asNumbers = {
    column: marked,
    facts: markers.length === 0 ? facts : columnFacts(marked),
    spellings: new Map<string, string>(),
    markers,
    cases: [],
  };
  return { asNumbers, as: (kind) => (kind === 'numeric' ? asNumbers : asCategories) };
}

function whyRole(name: string, isTarget: boolean): string {
  if (!isTarget) return 'A feature, as every column is that nothing speaks against.';
  return TARGET_NAMES.includes(name.toLowerCase())
    ? 'The target, by its name.'
    : 'The target, as no column is called target, label or class and it is the last one.';
}

function whyKind(kind: ChosenColumn['kind'], { numbers, texts, distinct }: ColumnFacts, unit: string): string {
  const filled = numbers + texts;
  const share = texts === 0 ? `all ${filled}` : `${numbers} of ${filled}`;
  if (kind === 'numeric') return `Numeric: ${share} filled cells are numbers${unit === '' ? '' : ` (${unit})`}.`;
  return texts === 0
    ? `Categorical: ${distinct} whole numbers that stand for classes.`
    : `Categorical: ${texts} of ${filled} filled cells are text.`;
}

function whyMissing({ markers, spellings }: Used): string[] {
  const found = markers.map(({ text, count }) => `“${text}” (${count})`).join(', ');
  return [
    ...(found === '' ? [] : [`Counted as missing: ${found}.`]),
    ...(spellings.size === 0 ? [] : [`Read as one value: ${listSpellings(spellings)}.`]),
  ];
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
