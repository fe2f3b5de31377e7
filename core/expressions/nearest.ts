import { distance } from 'fastest-levenshtein';

/** The name that a misspelt one was probably meant to be; null where none is near. */
export function nearest(name: string, names: readonly string[]): string | null {
  const most = Math.max(1, Math.floor(name.length * 0.4));
  const [first] = names
    .map((other) => ({ other, away: distance(name.toLowerCase().slice(0, 64), other.toLowerCase().slice(0, 64)) }))
    .filter(({ away, other }) => away <= most && away < Math.max(name.length, other.length))
    .sort((a, b) => a.away - b.away);
  return first?.other ?? null;
}
