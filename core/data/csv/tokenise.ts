import Papa from 'papaparse';

/** LF at every end of a line, also where CR, LF and CRLF stand in one file. */
export function withPlainLineEnds(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
}

/** What the parser is given, and how. */
export interface ParserInput {
  readonly text: string;
  /** They stood behind separators (`hasBlanksBeforeQuotes`), and are gone from `text`. */
  readonly blanksBeforeQuotes: boolean;
  readonly delimiter: string;
  readonly quoteChar: string;
  readonly newline: '\n';
  readonly skipEmptyLines: 'greedy';
}

const UNIT_SEPARATOR = '\u001f';

/** Whether a quotation mark stands behind the blanks that follow a separator: `1, "a, b", 2`. */
export function hasBlanksBeforeQuotes(text: string, separator: string, quote: string): boolean {
  return separator !== ' ' && new RegExp(`(?:^|[${escaped(separator)}\\n]) +${quote}`).test(text);
}

function escaped(sign: string): string {
  return `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/**
 * Text and options for papaparse. It knows quotation marks only where a cell begins, so blanks before them go; and it takes blanks behind a closing quotation mark for decoration, so where blanks are the separator
 * they are put in the form of another one first, those within quotation marks aside.
 */
export function parserInput(text: string, separator: string, quote: string): ParserInput {
  const options = { quoteChar: quote, newline: '\n', skipEmptyLines: 'greedy' } as const;
  if (separator !== ' ') {
    if (!hasBlanksBeforeQuotes(text, separator, quote))
      return { ...options, text, blanksBeforeQuotes: false, delimiter: separator };
    const sign = escaped(separator);
    const cells = new RegExp(
      `(?<=^|[${sign}\\n]) *(${quote}(?:[^${quote}]|${quote}${quote})*${quote})(?= *(?:[${sign}\\n]|$))`,
      'g',
    );
    return { ...options, text: text.replace(cells, '$1'), blanksBeforeQuotes: true, delimiter: separator };
  }
  const blanks = new RegExp(`(?<=^|[ \\n])${quote}(?:[^${quote}]|${quote}${quote})*${quote}(?=[ \\n]|$)| +`, 'g');
  return {
    ...options,
    text: text.replace(blanks, (match) => (match.startsWith(' ') ? UNIT_SEPARATOR : match)),
    blanksBeforeQuotes: false,
    delimiter: UNIT_SEPARATOR,
  };
}

/** The cells of a short text with plain line ends; rows without any text are left out. */
export function tokenise(text: string, separator: string, quote: string): string[][] {
  const { text: input, blanksBeforeQuotes: _, ...options } = parserInput(text, separator, quote);
  const { data } = Papa.parse<string[]>(input, options);
  return separator === ' ' ? data.map(withoutEmpty) : data;
}

/** Where any number of blanks separates cells, the empty ones between them are none. */
export function withoutEmpty(cells: readonly string[]): string[] {
  return cells.filter((cell) => cell !== '');
}

const HEAD_LINES = 300;
const HEAD_CHARACTERS = 1024 * 1024;
const LEAST_LINES = 25;
const MOST_CHARACTERS = 16 * 1024 * 1024;
const PIECES = 4;
const PIECE_CHARACTERS = 16 * 1024;

/** The beginning of a file, and pieces of what follows (whole lines, though perhaps from within a quoted cell). */
export interface TextSample {
  readonly head: string;
  readonly pieces: readonly string[];
  /** The head is not all of it. */
  readonly cut: boolean;
}

/** Some hundred lines, fewer of very wide tables, so that looking costs the same whatever the file's size. */
export function sampleText(text: string): TextSample {
  let end = 0;
  for (let count = 0; count < HEAD_LINES && end < MOST_CHARACTERS; count++) {
    if (count >= LEAST_LINES && end > HEAD_CHARACTERS) break;
    const next = text.indexOf('\n', end);
    if (next < 0) return { head: text, pieces: [], cut: false };
    end = next + 1;
  }
  const pieces: string[] = [];
  for (let p = 1; p <= PIECES; p++) {
    const middle = end + Math.floor(((text.length - end) * p) / PIECES);
    const from = text.indexOf('\n', Math.max(end, middle - PIECE_CHARACTERS)) + 1;
    const to = text.lastIndexOf('\n', middle);
    if (from > 0 && to > from) pieces.push(text.slice(from, to));
  }
  return { head: text.slice(0, end), pieces, cut: end < text.length };
}
