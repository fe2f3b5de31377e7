import { formatMissingList, parseMissingList } from './missingList.ts';

const NONE = 'none';

/** Signs and units beside numbers in one line: `€, %`; `none` where there are none. */
export function formatUnits(units: readonly string[]): string {
  return units.length === 0 ? NONE : formatMissingList(units);
}

/** Reads what `formatUnits` writes. */
export function parseUnits(line: string): string[] {
  return line.trim().toLowerCase() === NONE ? [] : parseMissingList(line);
}
