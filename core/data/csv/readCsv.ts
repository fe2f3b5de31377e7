import Papa from 'papaparse';
import { type Problem, ProblemError } from '../../errors.ts';
import { parseNumber } from './cells.ts';
import { type Column, ColumnBuilder } from './column.ts';

export interface Table {
  readonly rows: number;
  readonly columns: readonly Column[];
  /** Whether the first line holds the names of the columns. */
  readonly hasHeader: boolean;
  readonly delimiter: string;
  /** Numbers are written `3,14`. */
  readonly decimalComma: boolean;
  readonly problems: readonly Problem[];
}

/** Rows looked at to tell whether the first one is a heading. */
const PEEK = 20;
const MAX_COLUMNS = 20_000;

/**
 * Reads CSV text (RFC 4180 and its cousins): finds the delimiter and whether there is a heading, and fills short rows up.
 * @throws ProblemError when there is nothing in it, or it cannot be read as a table.
 */
export function readCsv(text: string, name: string): Table {
  const reader = new TableReader(name);
  Papa.parse<string[]>(text, {
    skipEmptyLines: 'greedy',
    step: ({ data, errors, meta }) => {
      const broken = errors.find((error) => error.type === 'Quotes');
      if (broken !== undefined) throw quotesProblem(name, reader.rowsSeen + 1);
      reader.push(data, meta.delimiter);
    },
  });
  return reader.finish();
}

class TableReader {
  readonly #name: string;
  #peeked: string[][] = [];
  #delimiter = ',';
  #builders: ColumnBuilder[] | null = null;
  #names: string[] = [];
  #hasHeader = false;
  #rows = 0;
  #ragged = { count: 0, row: 0, cells: 0 };
  readonly #problems: Problem[] = [];
  rowsSeen = 0;

  constructor(name: string) {
    this.#name = name;
  }

  push(cells: string[], delimiter: string): void {
    this.#delimiter = delimiter;
    this.rowsSeen++;
    if (this.#builders !== null) {
      this.#add(this.#builders, cells);
      return;
    }
    this.#peeked.push(cells);
    if (this.#peeked.length > PEEK) this.#begin();
  }

  finish(): Table {
    const builders = this.#builders ?? this.#begin();
    if (this.#rows === 0) {
      throw new ProblemError({
        code: 'data-no-rows',
        title: 'No rows',
        message: this.#hasHeader
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
      hasHeader: this.#hasHeader,
      delimiter: this.#delimiter,
      decimalComma: this.#delimiter === ';',
      problems: this.#problems,
    };
  }

  #begin(): ColumnBuilder[] {
    const [first = [], ...rest] = this.#peeked;
    if (first.length > MAX_COLUMNS) throw tooManyColumns(this.#name, first.length);
    const decimalComma = this.#delimiter === ';';
    this.#hasHeader = first.length > 0 && isHeader(first, rest, decimalComma);
    this.#names = this.#uniqueNames(this.#hasHeader ? first : first.map(() => ''));
    const builders = first.map(() => new ColumnBuilder(decimalComma));
    this.#builders = builders;
    for (const cells of this.#hasHeader ? rest : this.#peeked) this.#add(builders, cells);
    this.#peeked = [];
    return builders;
  }

  #add(builders: ColumnBuilder[], cells: string[]): void {
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
    return header.map((cell, i) => {
      const wanted = cell.trim() || `column_${i + 1}`;
      let name = wanted;
      for (let n = 2; taken.has(name); n++) name = `${wanted}_${n}`;
      taken.add(name);
      if (name !== wanted) {
        this.#problems.push({
          code: 'csv-duplicate-column',
          severity: 'warning',
          title: 'Two columns of one name',
          message: `“${this.#name}” has more than one column called “${wanted}”. The one at place ${i + 1} is called “${name}” here.`,
          facts: { column: wanted, renamed: name },
        });
      }
      return name;
    });
  }
}

/**
 * A heading holds no numbers (or just numbers its columns: 0, 1, 2, …). Text alone decides when the names differ; otherwise a
 * column of numbers under it must confirm it.
 */
function isHeader(first: readonly string[], rest: readonly string[][], decimalComma: boolean): boolean {
  const cells = first.map((cell) => cell.trim());
  const isNumber = (cell: string): boolean => !Number.isNaN(parseNumber(cell, decimalComma));
  const numbers = cells.filter(isNumber).map(Number);
  if (numbers.length > 0) {
    const start = numbers[0] ?? 0;
    return (
      numbers.length >= 3 && (start === 0 || start === 1) && numbers.every((n, i) => n === start + i) && rest.length > 0
    );
  }
  const named = cells.filter((cell) => cell !== '');
  if (new Set(named).size === named.length) return true;
  return cells.some((_, i) => rest.length > 0 && rest.every((row) => isNumber((row[i] ?? '').trim())));
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
