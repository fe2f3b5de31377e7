import type { DecimalSign, ThousandsSign } from './numberFormat.ts';

/** What is decided of a table before its rows are read, each settable in the document. */
export const DIALECT_PARTS = [
  'separator',
  'quote',
  'skip',
  'heading',
  'decimal',
  'thousands',
  'parentheses',
  'magnitudes',
  'units',
  'missing',
] as const;
export type DialectPart = (typeof DIALECT_PARTS)[number];

/** What a document says of how its file is written; what it does not say is found. */
export interface GivenFormat {
  readonly separator?: string | undefined;
  readonly quote?: string | undefined;
  readonly decimal?: DecimalSign | undefined;
  readonly thousands?: ThousandsSign | undefined;
  readonly parentheses?: boolean | undefined;
  readonly magnitudes?: boolean | undefined;
  /** Signs and units beside numbers, in place of those found; none: there are none. */
  readonly units?: readonly string[] | undefined;
  readonly heading?: boolean | undefined;
  /** Rows (not counting empty lines) before the heading. */
  readonly skip?: number | undefined;
  /** Texts that mean "no value" in every column, in place of the usual ones. */
  readonly missing?: readonly string[] | undefined;
}

/** How a file of cells is written: everything another program needs to read it alike. */
export interface TableDialect {
  /** Between cells. A blank stands for any number of blanks. */
  readonly separator: string;
  /** Around cells that hold separators or line ends. */
  readonly quote: string;
  /** Rows (empty lines do not count) before the heading, or before the first row of data where there is none. */
  readonly skip: number;
  /** Rows that begin with this are no data; `''`: there are none. */
  readonly comment: string;
  readonly heading: boolean;
  /** The heading names all columns but the first, which names the rows, as R writes it. */
  readonly rowNames: boolean;
  /** The names stand behind a comment sign: `# a,b,c`. */
  readonly commentedHeading: boolean;
  /** Cells in most rows. */
  readonly width: number;
  readonly decimal: DecimalSign;
  readonly thousands: ThousandsSign;
  /** Numbers in parentheses are negative. */
  readonly parentheses: boolean;
  /** Letters behind numbers stand for powers of ten (`MAGNITUDES`). */
  readonly magnitudes: boolean;
  /** The unit of each column's numbers; `''`: none. */
  readonly units: readonly string[];
  /** Texts that mean "no value" in place of the usual ones; null: the usual ones. */
  readonly missing: readonly string[] | null;
  /** A number that can be read in two ways, where nothing in the file tells which. */
  readonly ambiguous: { readonly text: string; readonly otherwise: DecimalSign } | null;
  /** A sentence for each decision. */
  readonly why: Readonly<Record<DialectPart, string>>;
}

/** The units of a table's columns, each once. */
export function distinctUnits(units: readonly string[]): string[] {
  return [...new Set(units)].filter((unit) => unit !== '');
}

const NAMES: Readonly<Record<string, string>> = {
  ',': 'comma',
  ';': 'semicolon',
  '\t': 'tab',
  '|': 'vertical bar',
  ' ': 'blank',
  '.': 'dot',
  "'": 'apostrophe',
  '"': 'quotation mark',
};

/** `comma`, `tab`, … for people. */
export function signName(sign: string): string {
  return NAMES[sign] ?? (sign === '' ? 'none' : `“${sign}”`);
}
