export interface TableColumn {
  readonly title: string;
  readonly align?: 'left' | 'right';
}

/** Rows in columns of equal width, under a heading and a rule; the last column is not padded. */
export function formatTable(columns: readonly TableColumn[], rows: readonly (readonly string[])[]): string[] {
  const widths = columns.map(({ title }, c) => Math.max(title.length, ...rows.map((row) => row[c]?.length ?? 0)));
  const format = (cells: readonly string[]): string =>
    cells
      .map((cell, c) => {
        const width = widths[c] ?? 0;
        return columns[c]?.align === 'right' ? cell.padStart(width) : cell.padEnd(width);
      })
      .join('  ')
      .trimEnd();
  const rule = widths.map((width) => '─'.repeat(width)).join('  ');
  return [format(columns.map((column) => column.title)), rule, ...rows.map(format)];
}

/** Names and their values in two columns: as wide as the longest name asks, and never without a gap. */
export function formatPairs(pairs: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(12, ...pairs.map(([name]) => name.length + 2));
  return pairs.map(([name, value]) => `${name.padEnd(width)}${value}`);
}

/** 1,234,567 */
export function formatCount(count: number): string {
  return count.toLocaleString('en');
}

/** 1.5 MiB */
export function formatBytes(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  const power = Math.min(units.length - 1, bytes < 1 ? 0 : Math.floor(Math.log2(bytes) / 10));
  return `${(bytes / 1024 ** power).toFixed(power === 0 ? 0 : 1)} ${units[power] ?? ''}`;
}

/** Four decimals, or as many digits as tell something of a very small or large number. */
export function formatMetric(value: number): string {
  const size = Math.abs(value);
  return size !== 0 && (size < 0.001 || size >= 1e5) ? value.toExponential(3) : value.toFixed(4);
}
