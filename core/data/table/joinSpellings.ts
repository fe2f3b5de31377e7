import { type Column, cellNumber } from '../csv/column.ts';

/** Columns with more texts than this hold no categories. */
const MOST_TEXTS = 2000;
const NAMED = 3;

export interface JoinedColumn {
  /** With one text for each value. */
  readonly column: Column;
  /** Which text stands for which other: `1.0` for `1`. */
  readonly spellings: ReadonlyMap<string, string>;
  /** Texts that differ in capitals only; they stay apart. */
  readonly cases: readonly (readonly string[])[];
}

/**
 * One value, one text: `1`, `1.0` and `+1` are the same number, `New York` is the same with one blank or two. `007` is no other way to
 * write 7. Where one of the spellings is the number as it prints, it stands for all; otherwise the most frequent does.
 */
export function joinSpellings(column: Column): JoinedColumn {
  const { dictionary, texts, length } = column;
  if (dictionary.length === 0 || dictionary.length > MOST_TEXTS) return { column, spellings: new Map(), cases: [] };
  const counts = new Int32Array(dictionary.length);
  const values = new Float64Array(dictionary.length);
  for (let row = 0; row < length; row++) {
    const id = texts[row] ?? -1;
    if (id < 0) continue;
    counts[id] = (counts[id] ?? 0) + 1;
    values[id] = cellNumber(column, row);
  }
  const groups = new Map<string, number[]>();
  for (const [id, text] of dictionary.entries()) {
    if (counts[id] === 0 || column.missing[id]) continue;
    const key = spellingKey(text, values[id] ?? Number.NaN);
    groups.set(key, [...(groups.get(key) ?? []), id]);
  }
  const plain = plainNumbers(column, values);
  const target = new Int32Array(dictionary.length).map((_, id) => id);
  const spellings = new Map<string, string>();
  const kept: string[] = [];
  for (const [key, ids] of groups) {
    const number = key.startsWith('n') ? Number(key.slice(1)) : Number.NaN;
    const best = [...ids].sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0))[0] ?? -1;
    const chosen = plain.has(number) ? -1 : best;
    const text = chosen < 0 ? String(number) : (dictionary[chosen] ?? '');
    kept.push(text);
    for (const id of ids) {
      if (id === chosen) continue;
      target[id] = chosen;
      spellings.set(dictionary[id] ?? '', text);
    }
  }
  const cases = sameButForCase(kept);
  if (spellings.size === 0) return { column, spellings, cases };
  const joined = texts.map((id) => (id < 0 ? id : (target[id] ?? id)));
  return { column: { ...column, texts: joined }, spellings, cases };
}

function spellingKey(text: string, value: number): string {
  if (!Number.isNaN(value) && !/^[+-]?0\d/.test(text)) return `n${value}`;
  return `t${text.replace(/\s+/g, ' ')}`;
}

/** Those of the values that also stand in the column as they print. */
function plainNumbers({ texts, length, numbers }: Column, values: Float64Array): ReadonlySet<number> {
  const wanted = new Set(values);
  const found = new Set<number>();
  for (let row = 0; row < length; row++) {
    const value = numbers[row] ?? Number.NaN;
    if ((texts[row] ?? 0) < 0 && wanted.has(value)) found.add(value);
  }
  return found;
}

function sameButForCase(texts: readonly string[]): string[][] {
  const groups = new Map<string, string[]>();
  for (const text of texts) {
    const key = text.toLowerCase();
    groups.set(key, [...(groups.get(key) ?? []), text]);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}

/** `“1.0” as “1”, “0.0” as “0”` */
export function listSpellings(spellings: ReadonlyMap<string, string>): string {
  const shown = [...spellings].slice(0, NAMED).map(([from, to]) => `“${from}” as “${to}”`);
  return `${shown.join(', ')}${spellings.size > NAMED ? ` and ${spellings.size - NAMED} more` : ''}`;
}
