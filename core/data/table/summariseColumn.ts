import type { Problem } from '../../errors.ts';
import { compareNaturally } from '../naturalOrder.ts';
import type { ColumnSummary } from '../schema.ts';
import type { ChosenColumn } from './chooseColumns.ts';
import { MAX_CATEGORIES, mayBeCategories } from './doubtfulReadings.ts';
import type { TableFixes } from './tableFixes.ts';

const SHOWN_VALUES = 50;

/** What the Data room shows of a column; numbers are over all rows of the file. */
export function summariseColumn({ name, role, kind, inferred, facts, unit, why }: ChosenColumn): ColumnSummary {
  const numeric = kind === 'numeric' && facts.numbers > 0;
  const byCount =
    kind === 'numeric' ? [] : [...facts.counts].sort((a, b) => b[1] - a[1] || compareNaturally(a[0], b[0]));
  return {
    name,
    role,
    kind,
    inferred,
    unit: kind === 'numeric' ? unit : '',
    why,
    missing: facts.missing,
    invalid: kind === 'numeric' ? facts.texts : 0,
    distinct: facts.distinct,
    min: numeric ? facts.min : null,
    max: numeric ? facts.max : null,
    mean: numeric ? facts.mean : null,
    values: byCount.slice(0, SHOWN_VALUES).map(([value, count]) => ({ value, count })),
  };
}

/** What is wrong with a column that takes part in training. */
export function columnProblems({ name, role, kind, facts }: ChosenColumn, rows: number, fixes: TableFixes): Problem[] {
  if (role === 'ignore') return [];
  const { distinct } = facts;
  const what = role === 'target' ? 'target' : 'feature';
  if (facts.numbers + facts.texts === 0) {
    const message = `Column “${name}” has no value in any row, so it cannot be a ${what}. Choose another column, or leave it out.`;
    return [{ code: 'empty-column', severity: 'error', title: 'Empty column', message, facts: { column: name } }];
  }
  if (kind === 'categorical') {
    if (distinct > MAX_CATEGORIES) {
      const message = `Column “${name}” has ${distinct.toLocaleString('en')} different values as a categorical ${what}; at most ${MAX_CATEGORIES.toLocaleString('en')} are allowed. Make it numeric if it holds quantities, or leave it out.`;
      const code = role === 'target' ? 'too-many-classes' : 'too-many-categories';
      return [
        {
          code,
          severity: 'error',
          title: 'Too many values',
          message,
          facts: { column: name, distinct, limit: MAX_CATEGORIES },
        },
      ];
    }
    if (distinct === 1 && role === 'target') {
      const message = `Column “${name}” has only one class, “${[...facts.counts.keys()][0] ?? ''}”, in all ${rows.toLocaleString('en')} rows, so there is nothing to tell apart. Choose another target column.`;
      return [{ code: 'one-class', severity: 'error', title: 'One class only', message, facts: { column: name } }];
    }
    return distinct === 1 ? [constantColumn(name, facts.counts.keys().next().value ?? '')] : [];
  }
  if (facts.numbers === 0) {
    const categories = mayBeCategories(facts);
    const advice = categories
      ? `It has ${facts.distinct} different values: make it categorical.`
      : 'Leave it out, or set above how its numbers are written.';
    const message = `Column “${name}” is set to numeric but none of its cells is a number: row ${(facts.firstText?.row ?? 0) + 1} holds “${facts.firstText?.text ?? ''}”. ${advice}`;
    const fix = categories
      ? fixes.column('Make it categorical', name, { role, kind: 'categorical' })
      : role === 'target'
        ? []
        : fixes.column('Leave it out', name, { role: 'ignore', kind });
    return [
      {
        code: 'column-not-numeric',
        severity: 'error',
        title: 'No numbers',
        message,
        facts: { column: name },
        ...(fix.length > 0 ? { fixes: fix } : {}),
      },
    ];
  }
  const problems: Problem[] = [];
  if (facts.texts > 0) {
    const row = (facts.firstText?.row ?? 0) + 1;
    const text = facts.firstText?.text ?? '';
    problems.push({
      code: 'text-in-number-column',
      severity: 'warning',
      title: 'Text among numbers',
      message: `Column “${name}” holds numbers, but ${facts.texts} of its ${rows} cells ${facts.texts === 1 ? 'is' : 'are'} not a finite number; the first is “${text}” in row ${row}. ${facts.texts === 1 ? 'It counts' : 'They count'} as missing. ${mayBeCategories(facts) ? 'Correct the file, or make the column categorical' : 'Correct the file'}.`,
      facts: { column: name, count: facts.texts, row, text },
    });
  }
  if (facts.min === facts.max) problems.push(constantColumn(name, String(facts.min)));
  return problems;
}

function constantColumn(name: string, value: string): Problem {
  return {
    code: 'constant-column',
    severity: 'warning',
    title: 'Constant column',
    message: `Column “${name}” holds ${value} in every row, so nothing can be learnt from it. Leave it out.`,
    facts: { column: name, value },
  };
}
