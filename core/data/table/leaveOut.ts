import type { Problem } from '../../errors.ts';
import type { Table } from '../csv/readCsv.ts';
import type { ColumnFacts } from './columnFacts.ts';

/** Names of columns that identify rows, whatever is in them as long as it differs. */
const ID_NAME =
  /(^|[_\s.-])(id|uuid|guid)$|^(index|idx|(row|obs|case|record)[\s_.-]?names?|row_?(number|id)?|unnamed: 0)$/i;
/** `PassengerId`, but not `humid`: told by the capital alone. */
const CAMEL_ID = /[a-z](Id|ID|Uuid|Guid|UUID)$/;
/** Names of columns that number the rows, once they do: 1, 2, 3, … from the first row to the last. */
const NUMBERING_NAME =
  /(id|ids|uuid|guid|no|nr|num|numb?er|nummer|numero|index|idx|key|rowname|rownames|serial|lfd|row|rows|record|case|sample|observation|obs|entry|line|pk)$/i;
const NUMBER_SIGN = /^(#|nº|n°|№|no\.?|nr\.?)$/i;

/** A text column with more values than this, most of them single, is free text: names, addresses, notes. */
const FREE_TEXT_VALUES = 50;

const DATE =
  /^(\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](\d{4}|\d{2})|\d{1,2}[-\s](jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?[-\s]\d{2,4})([T\s]+\d{1,2}:\d{2}(:\d{2}([.,]\d+)?)?\s*(z|[ap]m|[+-]\d{2}:?\d{2})?)?$|^\d{1,2}:\d{2}(:\d{2})?$/i;

/** Why a column that nobody said anything of takes no part; null when it does. */
export function reasonToLeaveOut(table: Table, index: number, facts: ColumnFacts): Problem | null {
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
  if (identifies(table, index, name, facts)) {
    return {
      code: 'id-column',
      severity: 'info',
      title: 'Numbering left out',
      message: `Column “${name}” has a different value in every row, like a number or name of the row. It is left out: a network would learn it by heart. Make it a feature if it means something.`,
      facts: { column: name },
    };
  }
  return dates(name, facts);
}

function identifies(table: Table, index: number, name: string, facts: ColumnFacts): boolean {
  const filled = facts.numbers + facts.texts;
  if (facts.distinct !== filled || filled !== table.rows || filled <= 2) return false;
  if (index === 0 && table.dialect.rowNames) return true;
  if (ID_NAME.test(name) || CAMEL_ID.test(name)) return true;
  if (facts.texts > 0 || !facts.whole || facts.max - facts.min + 1 !== filled) return false;
  if (index === 0 && name === 'column_1' && table.columns.length > 2) return true;
  const word = name.replace(/[^\p{L}\p{N}]+$/u, '');
  return (NUMBERING_NAME.test(word) || NUMBER_SIGN.test(name)) && countsUp(table, index);
}

/** Each row has the number of the one above and one more. */
function countsUp(table: Table, index: number): boolean {
  const numbers = table.columns[index]?.numbers;
  return numbers?.every((value, row) => row === 0 || value === (numbers[row - 1] ?? 0) + 1) ?? false;
}

function dates(name: string, facts: ColumnFacts): Problem | null {
  if (facts.texts === 0 || facts.numbers * 10 > facts.texts) return null;
  let looked = 0;
  let found = 0;
  let example = '';
  for (const text of facts.counts.keys()) {
    if (looked++ >= 1000) break;
    if (!DATE.test(text)) continue;
    if (found++ === 0) example = text;
  }
  if (found === 0 || found < 0.9 * looked) return null;
  return {
    code: 'date-column',
    severity: 'info',
    title: 'Dates left out',
    message: `Column “${name}” holds dates or times like “${example}”, which are no quantities as they are written. It is left out. To use it, put what matters of it into columns of its own: the month, the weekday, the days since the first row.`,
    facts: { column: name, example },
  };
}

export function freeText(name: string, facts: ColumnFacts): Problem | null {
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
