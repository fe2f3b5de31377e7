import type { KerasArg } from '../../catalogue/index.ts';

/** Whether two argument values mean the same to Keras: `3` and `(3, 3)` do. */
export function sameArgument(a: KerasArg | undefined, b: KerasArg | undefined): boolean {
  return a !== undefined && b !== undefined && JSON.stringify(plain(a)) === JSON.stringify(plain(b));
}

/** With pairs of equal numbers as one number, keys in order, and an absent penalty or constraint as null. */
function plain(value: KerasArg): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) {
    const [first] = value;
    return value.length > 0 && typeof first === 'number' && value.every((n) => n === first) ? first : value;
  }
  if ('$regularizer' in value && value.$regularizer === null) return null;
  if ('$constraint' in value && value.$constraint === null) return null;
  const entries = Object.entries(value as { readonly [key: string]: KerasArg });
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, entry]) => [key, plain(entry)]));
}
