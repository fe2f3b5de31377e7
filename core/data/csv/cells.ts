/** What stands for "no value" in the CSV files of pandas, R, Excel and the UCI repository. */
export const USUAL_MISSING: readonly string[] = [
  '',
  'na',
  'n/a',
  '#n/a',
  '<na>',
  'nan',
  '-nan',
  'null',
  'none',
  '?',
  '.',
];
const USUAL = new Set(USUAL_MISSING);

export function isMissingText(text: string): boolean {
  return text.length <= 4 && USUAL.has(text.toLowerCase());
}

/** Tells the texts that stand for "no value": the usual ones, or those of a list (without regard to case) and the empty cell. */
export function missingTest(list: readonly string[] | null): (text: string) => boolean {
  if (list === null) return isMissingText;
  const set = new Set(list.map((text) => text.trim().toLowerCase()));
  return (text) => text === '' || set.has(text.toLowerCase());
}
