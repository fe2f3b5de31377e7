import { type Column, cellNumber } from '../csv/column.ts';
import type { ColumnFacts } from './columnFacts.ts';

/** What people and programs write among numbers for "no value"; none of it can be a number. */
const KNOWN =
  /^([-\u2012-\u2015\u2212_*.~x]{1,4}|\(?n[./ ]?[adbvs]\.?\)?|n\.\s?[adbvs]\.|na[tn]|unk|unknown|unbekannt|inconnu|desconocido|missing|not? (available|applicable|data|value|measured|determined|detected)|none|nil|no ?data|undefined|void|empty|blank|tbd|tba|k\.\s?a\.|s\.\s?d\.|b\.?d\.?l\.?|bql|loq|lod|nd|nan|#(div\/0!|n\/?a|value!|ref!|name\??!?|num!|null!|wert!|bezug!|zahl!)|error|err|[<>\u2264\u2265]\s?=?\s?(\d+([.,]\d+)?|lod|loq|dl))$/i;
/** More of another text than this among the cells means that it says something of its own. */
const KNOWN_PART = 0.5;
const UNKNOWN_PART = 0.25;
const LONGEST = 20;
/** Fewer different numbers than this may be codes, and the text one of them. */
const LEAST_NUMBERS = 8;
const MOST_MARKERS = 3;

/** A text that stands for "no value" in a column of numbers. */
export interface Marker {
  readonly text: string;
  readonly count: number;
  /** It is one that is customary; otherwise it is told from its recurring among numbers. */
  readonly known: boolean;
}

/**
 * The texts that stand for "no value" in a column that otherwise holds numbers: customary ones (dashes, n.d., unknown, #DIV/0!, <0.05),
 * and short ones that recur where nearly all else is a number. Empty where the column is no such one.
 */
export function findMarkers(column: Column, facts: ColumnFacts): Marker[] {
  if (facts.texts === 0 || facts.numbers < 2) return [];
  const counts = new Map<string, number>();
  for (let row = 0; row < column.length; row++) {
    const id = column.texts[row] ?? -1;
    if (id < 0 || column.missing[id] || !Number.isNaN(cellNumber(column, row))) continue;
    const text = column.dictionary[id] ?? '';
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  const markers = [...counts].map(([text, count]): Marker => ({ text, count, known: KNOWN.test(text) }));
  const known = markers.filter((marker) => marker.known);
  const unknown = markers.filter(
    ({ text, count, known: customary }) => !customary && text.length <= LONGEST && !/\d/.test(text) && count > 1,
  );
  const filled = facts.numbers + facts.texts;
  const knownCells = total(known);
  const unknownCells = total(unknown);
  const others = facts.texts - knownCells - unknownCells;
  const mayRecur =
    unknown.length > 0 &&
    unknown.length <= MOST_MARKERS &&
    facts.distinct - counts.size >= LEAST_NUMBERS &&
    unknownCells <= UNKNOWN_PART * filled;
  const found = mayRecur ? [...known, ...unknown] : known;
  const left = mayRecur ? others : others + unknownCells;
  return total(found) <= KNOWN_PART * filled && left <= 0.05 * (facts.numbers + left) ? found : [];
}

function total(markers: readonly Marker[]): number {
  return markers.reduce((sum, { count }) => sum + count, 0);
}

/** The column with those texts as missing values. */
export function withMarkers(column: Column, markers: readonly Marker[]): Column {
  const texts = new Set(markers.map(({ text }) => text));
  return { ...column, missing: column.dictionary.map((text, id) => (column.missing[id] ?? false) || texts.has(text)) };
}
