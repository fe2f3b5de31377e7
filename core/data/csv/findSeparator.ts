import { isMissingText } from './cells.ts';
import { signName } from './dialect.ts';
import { splitUnit } from './numberFormat.ts';
import { tokenise } from './tokenise.ts';

const CANDIDATES = [',', ';', '\t', '|', ' ', '\u001f', '\u001e'] as const;
/** One of those that are no part of a sentence, with text on both sides. */
const OTHER_SEPARATOR = new RegExp(`\\S[;|${'\t\u001f\u001e'}]\\s*\\S`);
const LOOKED_AT = 4000;

export interface FoundSeparator {
  readonly separator: string;
  readonly why: string;
  /** The head's cells. */
  readonly rows: readonly (readonly string[])[];
}

/** Excel's first line `sep=;`, and how many rows it takes up. */
const EXCEL = /^"?sep=([^\n"]?)"?[,;\t|]*(\n|$)/i;

/**
 * The separator under which most rows have one number of cells and the cells make most sense: numbers, missing values and plain
 * texts rather than texts with another separator in them.
 */
export function findSeparator(head: string, quote: string, given: string | undefined, cut: boolean): FoundSeparator {
  const rowsWith = (separator: string): string[][] => {
    const rows = tokenise(head, separator, quote);
    // The last row of a head cut within a quoted cell is not whole.
    return cut && rows.length > 1 ? rows.slice(0, -1) : rows;
  };
  if (given !== undefined) return { separator: given, why: 'Set by hand.', rows: rowsWith(given) };
  const excel = EXCEL.exec(head)?.[1];
  if (excel) {
    const why = `The first line, “sep=${excel === '\t' ? '(tab)' : excel}”, says so.`;
    return { separator: excel, why, rows: rowsWith(excel) };
  }
  let best: (FoundSeparator & { readonly score: number }) | null = null;
  for (const separator of CANDIDATES) {
    if (!head.includes(separator)) continue;
    const rows = rowsWith(separator);
    const score = scoreOf(rows, separator);
    if (score > (best?.score ?? 0)) best = { separator, rows, score, why: '' };
  }
  if (best === null) return { separator: ',', why: 'Every line is one cell.', rows: rowsWith(',') };
  const width = usualWidth(best.rows);
  return {
    ...best,
    why: `With a ${signName(best.separator)} between cells, most rows have ${width} cells, and the cells make most sense.`,
  };
}

/** How many cells most rows have; the larger number of two that are as frequent. */
export function usualWidth(rows: readonly (readonly string[])[]): number {
  const counts = new Map<number, number>();
  for (const { length } of rows) counts.set(length, (counts.get(length) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0]?.[0] ?? 0;
}

const COMMENT = /^\s*(#|%|!|\/\/)/;

function scoreOf(all: readonly (readonly string[])[], separator: string): number {
  const uncommented = all.filter(([first = '']) => !COMMENT.test(first));
  const rows = uncommented.length > 1 ? uncommented : all;
  const width = usualWidth(rows);
  if (width < 2) return 0;
  const even = rows.filter(({ length }) => length === width);
  // A heading may lack the name of the first column, as R writes it.
  const asExpected = even.length + (rows[0]?.length === width - 1 && width > 2 ? 1 : 0);
  const consistency = asExpected / rows.length;
  let cells = 0;
  let numbers = 0;
  let sense = 0;
  for (const row of even) {
    for (const cell of row) {
      const text = cell.trim();
      cells++;
      const isNumber = splitUnit(text) !== null;
      if (isNumber) numbers++;
      sense += isNumber ? 1 : isMissingText(text) ? 0.9 : senseOfText(text, separator);
    }
    if (cells > LOOKED_AT) break;
  }
  // Blanks stand in every text: they separate cells only where all rows agree and numbers come of it.
  if (separator === ' ' && (consistency < 0.9 || numbers < 0.3 * cells)) return 0;
  return consistency ** 2 * (sense / cells) * (separator === ' ' ? 0.9 : 1);
}

function senseOfText(text: string, separator: string): number {
  if (OTHER_SEPARATOR.test(text) || (separator === ' ' && text.includes(','))) return 0.1;
  if (separator !== ',' && text.includes(',')) return 0.4;
  return 0.6;
}

/** `'` where cells stand in single quotation marks and no double one is to be seen. */
export function findQuote(head: string): { readonly quote: string; readonly why: string } {
  if (head.includes('"')) return { quote: '"', why: 'Cells stand in quotation marks.' };
  const single = head.match(/(?<=^|[,;\t|])'[^'\n]*'(?=[,;\t|]|$)/gm)?.length ?? 0;
  const lines = head.split('\n').length - 1;
  return single >= 2 && single * 2 >= lines
    ? { quote: "'", why: 'Cells stand in single quotation marks.' }
    : { quote: '"', why: 'No cell stands in quotation marks.' };
}
