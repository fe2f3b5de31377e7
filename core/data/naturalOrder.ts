const collator = new Intl.Collator('en', { numeric: true });

/** `class 2` before `class 10`, `-1` before `1`: numbers first and by value, then text. The same on every machine. */
export function compareNaturally(a: string, b: string): number {
  const x = a === '' ? Number.NaN : Number(a);
  const y = b === '' ? Number.NaN : Number(b);
  const aIsText = Number.isNaN(x);
  const bIsText = Number.isNaN(y);
  if (aIsText !== bIsText) return aIsText ? 1 : -1;
  if (!aIsText && x !== y) return x - y;
  return collator.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0);
}
