import Papa from 'papaparse';
import { type Problem, ProblemError } from '../../errors.ts';
import { shorten } from '../../shorten.ts';
import { missingTest } from './cells.ts';
import { type Column, ColumnBuilder } from './column.ts';
import type { GivenFormat, TableDialect } from './dialect.ts';
import { findDialect } from './findDialect.ts';
import { isComment, withoutSign } from './findLayout.ts';
import { numberReader } from './numberReader.ts';
import { parserInput, withoutEmpty, withPlainLineEnds } from './tokenise.ts';

export interface Table {
  readonly rows: number;
  readonly columns: readonly Column[];
  readonly dialect: TableDialect;
  /** Blanks stand between a separator and a quotation mark. */
  readonly blanksBeforeQuotes: boolean;
  readonly problems: readonly Problem[];
}

const MAX_COLUMNS = 20_000;
/** The one name that cannot be a key of an object, and so of a design's settings. */
const UNUSABLE = '__proto__';
/** Columns renamed that are told one by one. */
const RENAMED_SHOWN = 10;

/**
 * Reads CSV text (RFC 4180 and its cousins): finds how it is written, as far as that is not given, and fills short rows up.
 * @throws ProblemError when there is nothing in it, or it cannot be read as a table.
 */
export function readCsv(text: string, name: string, given: GivenFormat = {}): Table {
  const plain = withPlainLineEnds(text);
  const reader = new TableReader(name, findDialect(plain, given));
  const { separator, quote } = reader.dialect;
  const { text: input, blanksBeforeQuotes, ...options } = parserInput(plain, separator, quote);
  Papa.parse<string[]>(input, {
    ...options,
    step: ({ data, errors }) => {
      const broken = errors.find((error) => error.type === 'Quotes');
      if (broken !== undefined) throw quotesProblem(name, reader.rowsSeen + 1);
      reader.push(separator === ' ' ? withoutEmpty(data) : data);
    },
  });
  return { ...reader.finish(), blanksBeforeQuotes };
}

class TableReader {
  readonly #name: string;
  readonly dialect: TableDialect;
  #builders: ColumnBuilder[] | null = null;
  #names: string[] = [];
  #rows = 0;
  #ragged = { count: 0, row: 0, cells: 0 };
  readonly #problems: Problem[] = [];
  rowsSeen = 0;

  constructor(name: string, dialect: TableDialect) {
    this.#name = name;
    this.dialect = dialect;
  }

  push(cells: readonly string[]): void {
    const { skip, comment } = this.dialect;
    if (this.rowsSeen++ < skip) return;
    if (this.#builders !== null) {
      if (!isComment(cells, comment)) this.#add(this.#builders, cells);
      return;
    }
    this.#builders = this.#begin(cells);
    if (!this.dialect.heading) this.#add(this.#builders, cells);
  }

  finish(): Omit<Table, 'blanksBeforeQuotes'> {
    const builders = this.#builders ?? [];
    if (this.#rows === 0) {
      throw new ProblemError({
        code: 'data-no-rows',
        title: 'No rows',
        message: this.#builders
          ? `“${this.#name}” has a heading (${list(this.#names)}) but not one row under it. Choose a file with data in it.`
          : `“${this.#name}” is empty. Choose a file with data in it.`,
        facts: { file: this.#name },
      });
    }
    if (this.#ragged.count > 0) {
      const { count, row, cells } = this.#ragged;
      this.#problems.push({
        code: 'csv-ragged',
        severity: 'warning',
        title: 'Uneven rows',
        message: `${count} of ${this.#rows} rows ${count === 1 ? 'has' : 'have'} not ${builders.length} cells; the first is row ${row} with ${cells}. Missing cells count as missing values, surplus cells are left out.`,
        facts: { count, row, cells, expected: builders.length },
      });
    }
    return {
      rows: this.#rows,
      columns: builders.map((builder, i) => builder.build(this.#names[i] ?? '')),
      dialect: this.dialect,
      problems: this.#problems,
    };
  }

  #begin(first: readonly string[]): ColumnBuilder[] {
    const { heading, rowNames, commentedHeading, width, units, missing } = this.dialect;
    const { decimal, thousands, parentheses, magnitudes } = this.dialect;
    const given = commentedHeading ? withoutSign(first, width) : first;
    const names = !heading ? [] : rowNames ? ['row_names', ...given] : given;
    const columns = Math.max(names.length, width, 1);
    if (columns > MAX_COLUMNS) throw tooManyColumns(this.#name, columns);
    this.#names = this.#uniqueNames(Array.from({ length: columns }, (_, i) => names[i] ?? ''));
    const isMissing = missingTest(missing);
    // Numbers can stand for "no value" too, but only where the design says so: -999.
    const numbersMissing = (missing ?? []).some((text) => /\d/.test(text));
    return this.#names.map((_, i) => {
      const read = numberReader({ decimal, thousands, parentheses, magnitudes, unit: units[i] ?? '' });
      return new ColumnBuilder(
        numbersMissing ? (text) => (isMissing(text) ? Number.NaN : read(text)) : read,
        isMissing,
      );
    });
  }

  #add(builders: ColumnBuilder[], cells: readonly string[]): void {
    this.#rows++;
    const surplus = cells.slice(builders.length).some((cell) => cell.trim() !== '');
    if (cells.length < builders.length || surplus) {
      if (this.#ragged.count === 0) this.#ragged = { count: 0, row: this.#rows, cells: cells.length };
      this.#ragged.count++;
    }
    for (const [i, builder] of builders.entries()) builder.push(cells[i] ?? '');
  }

  #uniqueNames(header: readonly string[]): string[] {
    const taken = new Set<string>();
    // Where counting stopped for each name, so that thousands of columns of one name do not cost their square.
    const next = new Map<string, number>();
    let renamed = 0;
    return header.map((cell, i) => {
      const said = cell.trim() || `column_${i + 1}`;
      const wanted = said === UNUSABLE ? 'proto' : said;
      let name = wanted;
      let number = next.get(wanted) ?? 2;
      while (taken.has(name)) name = `${wanted}_${number++}`;
      next.set(wanted, number);
      taken.add(name);
      if (name !== said && ++renamed <= RENAMED_SHOWN) this.#problems.push(this.#renamed(said, name, i + 1));
      return name;
    });
  }

  #renamed(said: string, name: string, place: number): Problem {
    return {
      code: 'csv-duplicate-column',
      severity: 'warning',
      title: said === UNUSABLE ? 'Column renamed' : 'Two columns of one name',
      message:
        said === UNUSABLE
          ? `No column can be called “${said}”, which means something else in files of settings. The one at place ${place} is called “${name}” here.`
          : `“${this.#name}” has more than one column called “${shorten(said)}”. The one at place ${place} is called “${shorten(name, 70)}” here.`,
      facts: { column: said, renamed: name },
    };
  }
}

function quotesProblem(name: string, row: number): ProblemError {
  return new ProblemError({
    code: 'csv-quotes',
    title: 'Broken quotation',
    message: `“${name}” has a quotation mark in row ${row} that is not closed where its cell ends, so the cells after it cannot be told apart. Close it, or double it ("") where it belongs to the text.`,
    facts: { row },
  });
}

function tooManyColumns(name: string, columns: number): ProblemError {
  return new ProblemError({
    code: 'csv-too-many-columns',
    title: 'Too many columns',
    message: `“${name}” has ${columns.toLocaleString('en')} columns; at most ${MAX_COLUMNS.toLocaleString('en')} can be read. If rows and columns are swapped, save the table the other way round.`,
    facts: { columns, limit: MAX_COLUMNS },
  });
}

function list(names: readonly string[]): string {
  return names.length <= 6 ? names.join(', ') : `${names.slice(0, 5).join(', ')}, … ${names.length} columns`;
}
