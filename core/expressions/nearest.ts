/** The name that a misspelt one was probably meant to be; null where none is near. */
export function nearest(name: string, names: readonly string[]): string | null {
  const most = Math.max(1, Math.floor(name.length * 0.4));
  const [first] = names
    .map((other) => ({ other, away: distance(name.toLowerCase().slice(0, 64), other.toLowerCase().slice(0, 64)) }))
    .filter(({ away, other }) => away <= most && away < Math.max(name.length, other.length))
    .sort((a, b) => a.away - b.away);
  return first?.other ?? null;
}

/** How many letters have to be put in, taken out or changed (Levenshtein, 1966). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries())
      next.push(Math.min((row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1, (row[j] ?? 0) + (letter === other ? 0 : 1)));
    row = next;
  }
  return row.at(-1) ?? 0;
}
