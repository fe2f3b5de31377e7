import { createHash } from 'node:crypto';
import { cellIsMissing, cellNumber, cellText } from '../csv/column.ts';
import type { ChosenColumn } from './chooseColumns.ts';

/** Characters of a key: 96 bits in hexadecimal. */
const KEY_LENGTH = 24;
const MISSING = Buffer.of(0);
const TEXT_END = Buffer.of(1);

/**
 * What a row is known by to a program in another language: the SHA-256 of its cells in these columns, numbers as 64 bits in little-endian
 * order, texts as UTF-8. The exported program computes the same (codegen/keras/data/tableParts.ts).
 * @param columns those that are used, in the order that the program names them in
 */
export function portableRowKey(columns: readonly Pick<ChosenColumn, 'column' | 'kind'>[], row: number): string {
  const hash = createHash('sha256');
  for (const { column, kind } of columns) {
    if (kind === 'numeric') {
      const value = cellNumber(column, row);
      hash.update(Number.isNaN(value) ? MISSING : new Uint8Array(Float64Array.of(value).buffer));
    } else if (cellIsMissing(column, row)) hash.update(MISSING);
    else hash.update(cellText(column, row), 'utf8').update(TEXT_END);
  }
  return hash.digest('hex').slice(0, KEY_LENGTH);
}
