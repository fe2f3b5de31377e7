import type { DocumentChange } from '../../core/document/index.ts';
import type { JsonValue } from '../../core/json.ts';

/** A difference between two designs in words: `Layer conv1 (Conv2D) added`, `conv1: filters: 8 → 16`. */
export function changeText({ kind, what, subject, detail, before, after }: DocumentChange): string {
  if (what === 'layer') return `Layer ${subject} (${detail}) ${kind}`;
  if (what === 'wire' && kind !== 'changed') return `Wire ${subject} ${kind}`;
  if (what === 'place') return `Layer ${subject} moved`;
  const place = detail === '' ? subject : `${subject}: ${detail}`;
  if (kind === 'added') return `${place} added: ${valueText(after)}`;
  if (kind === 'removed') return `${place} removed: was ${valueText(before)}`;
  return `${place}: ${valueText(before)} → ${valueText(after)}`;
}

/** A value of a design on one line, cut where it is long. */
export function valueText(value: JsonValue | undefined): string {
  if (value === undefined) return '';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
